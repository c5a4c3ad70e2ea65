import { translateTimestampSince } from '../../../api/duration';
import type { Container, Pod } from '../../../api/generated/core.v1';
import type { Describe, RelatedQuery } from '../../describe';
import { describeContainers, describeResources, describeSeccomp } from '../../describing/containers';
import { describeController } from '../../describing/controlled';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describeSpreads, describeTolerations } from '../../describing/scheduling';
import { dateText } from '../../describing/time';
import { describeVolumes } from '../../describing/volumes';
import { describeText, field, fieldIfSet, type Write } from '../../describing/writer';
import { qosClassOf } from '../../pods/qos';
import { isTerminalPhase } from './summary';

const mirrorAnnotation = 'kubernetes.io/config.mirror';

function describeStatus(write: Write, { metadata, status }: Pod, nowMs: number): void {
  if (metadata.deletionTimestamp && !isTerminalPhase(status?.phase)) {
    field(write, 'Status', `Terminating (lasts ${translateTimestampSince(metadata.deletionTimestamp, nowMs)})`);
    field(write, 'Termination Grace Period', `${metadata.deletionGracePeriodSeconds ?? 0}s`);
  } else field(write, 'Status', status?.phase);
  fieldIfSet(write, 'Reason', status?.reason);
  fieldIfSet(write, 'Message', status?.message);
}

function describeHead(write: Write, pod: Pod, nowMs: number): void {
  const { metadata, spec, status } = pod;
  field(write, 'Name', metadata.name);
  field(write, 'Namespace', metadata.namespace);
  if (spec.priority !== undefined) field(write, 'Priority', spec.priority);
  fieldIfSet(write, 'Priority Class Name', spec.priorityClassName);
  fieldIfSet(write, 'Runtime Class Name', spec.runtimeClassName);
  fieldIfSet(write, 'Service Account', spec.serviceAccountName);
  field(write, 'Node', spec.nodeName ? `${spec.nodeName}/${status?.hostIP ?? ''}` : '<none>');
  if (status?.startTime) field(write, 'Start Time', dateText(status.startTime));
  describeLabels(write, 'Labels', metadata.labels);
  describeAnnotations(write, 'Annotations', metadata.annotations);
  describeStatus(write, pod, nowMs);
  describeSeccomp(write, spec.securityContext?.seccompProfile, 0, 0);
}

function describeAddresses(write: Write, { status }: Pod): void {
  field(write, 'IP', status?.podIP);
  const addresses = status?.podIPs ?? [];
  if (addresses.length === 0) return field(write, 'IPs', '<none>');
  write(0, 'IPs:\n');
  for (const { ip } of addresses) field(write, 'IP', ip, 1);
}

function describeAllContainers(write: Write, pod: Pod): void {
  const { spec, status } = pod;
  if (spec.initContainers?.length) {
    describeContainers(write, 'Init Containers', spec.initContainers, { pod, statuses: status?.initContainerStatuses });
  }
  describeContainers(write, 'Containers', spec.containers, { pod, statuses: status?.containerStatuses });
  if (spec.ephemeralContainers?.length) {
    describeContainers(write, 'Ephemeral Containers', spec.ephemeralContainers as Container[], { pod, statuses: status?.ephemeralContainerStatuses });
  }
}

function describePodConditions(write: Write, { spec, status }: Pod): void {
  const conditions = status?.conditions ?? [];
  if (spec.readinessGates?.length) {
    write(0, 'Readiness Gates:\n  Type\tStatus\n');
    for (const { conditionType } of spec.readinessGates) {
      write(1, `${conditionType} \t${conditions.find(({ type }) => type === conditionType)?.status ?? '<none>'} \n`);
    }
  }
  if (conditions.length === 0) return;
  write(0, 'Conditions:\n  Type\tStatus\n');
  for (const { type, status: value } of conditions) write(1, `${type} \t${value} \n`);
}

/** A mirror of a static pod has its events under the identity of that pod. */
const related = (pod: Pod): RelatedQuery[] => [eventQuery(pod, undefined, pod.metadata.annotations?.[mirrorAnnotation] ?? pod.metadata.uid)];

export const podDescribe: Describe<Pod> = {
  group: '',
  kind: 'Pod',
  related,
  render: (pod, { events }, { nowMs }) => describeText((write) => {
    const { spec, status } = pod;
    describeHead(write, pod, nowMs);
    describeAddresses(write, pod);
    describeController(write, pod);
    fieldIfSet(write, 'NominatedNodeName', status?.nominatedNodeName);
    if (spec.resources) {
      write(0, 'Resources:\n');
      describeResources(write, spec.resources, 1);
    }
    describeAllContainers(write, pod);
    describePodConditions(write, pod);
    describeVolumes(write, spec.volumes, '');
    field(write, 'QoS Class', status?.qosClass || qosClassOf(spec));
    describeLabels(write, 'Node-Selectors', spec.nodeSelector);
    describeTolerations(write, 'Tolerations', spec.tolerations);
    describeSpreads(write, spec.topologySpreadConstraints, '');
    describeEvents(write, events, nowMs);
  }),
};
