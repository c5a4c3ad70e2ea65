import type { Deployment, ReplicaSet } from '../../../api/generated/apps.v1';
import type { PodTemplateSpec } from '../../../api/generated/core.v1';
import { formatLabelSelector } from '../../../api/selectors';
import { semanticEqual } from '../../../api/validation';
import type { Describe } from '../../describe';
import { describeConditions } from '../../describing/conditions';
import { isControlledBy, selectorQuery } from '../../describing/controlled';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describePodTemplate } from '../../describing/pod-template';
import { dateText } from '../../describing/time';
import { describeText, field, type Write } from '../../describing/writer';
import { orNone } from '../../printing';

const setsQuery = 'replicasets';

function withoutHash({ metadata, spec }: PodTemplateSpec): unknown {
  const labels = { ...metadata?.labels };
  delete labels['pod-template-hash'];
  return { metadata: { ...metadata, labels }, spec };
}

const order = ({ metadata: { creationTimestamp = '', name } }: ReplicaSet) => `${creationTimestamp}/${name}`;

/** The set with the deployment's own template is the new one, the oldest if there are several. */
function split(deployment: Deployment, sets: readonly ReplicaSet[]): { fresh: ReplicaSet[]; old: ReplicaSet[] } {
  const own = sets.filter((set) => isControlledBy(set, deployment)).sort((a, b) => order(a) < order(b) ? -1 : 1);
  const template = withoutHash(deployment.spec.template);
  const fresh = own.find(({ spec }) => semanticEqual(withoutHash(spec.template ?? {}), template));
  return { fresh: fresh ? [fresh] : [], old: own.filter((set) => set !== fresh) };
}

const setsText = (sets: readonly ReplicaSet[]) => orNone(sets.map(({ metadata, spec, status }) =>
  `${metadata.name} (${status?.replicas ?? 0}/${spec.replicas ?? 0} replicas created)`).join(', '));

function describeReplicas(write: Write, { spec, status = {} }: Deployment): void {
  const counts = [
    [spec.replicas, 'desired'], [status.updatedReplicas, 'updated'], [status.replicas, 'total'], [status.availableReplicas, 'available'],
    [status.unavailableReplicas, 'unavailable'],
  ] as const;
  field(write, 'Replicas', counts.map(([count, word]) => `${count ?? 0} ${word}`).join(' | '));
  field(write, 'StrategyType', spec.strategy?.type);
  field(write, 'MinReadySeconds', spec.minReadySeconds ?? 0);
  const update = spec.strategy?.rollingUpdate;
  if (update) field(write, 'RollingUpdateStrategy', `${update.maxUnavailable ?? 0} max unavailable, ${update.maxSurge ?? 0} max surge`);
}

export const deploymentDescribe: Describe<Deployment> = {
  group: 'apps',
  kind: 'Deployment',
  related: (deployment) => [
    {
      as: setsQuery, group: 'apps', version: 'v1', plural: 'replicasets', namespace: deployment.metadata.namespace,
      ...selectorQuery(deployment.spec.selector),
    },
    eventQuery(deployment, 'Deployment'),
  ],
  render: (deployment, related, { nowMs }) => describeText((write) => {
    const { metadata, spec, status } = deployment;
    const { fresh, old } = split(deployment, related.list<ReplicaSet>(setsQuery));
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    field(write, 'CreationTimestamp', dateText(metadata.creationTimestamp));
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    field(write, 'Selector', formatLabelSelector(spec.selector));
    describeReplicas(write, deployment);
    describePodTemplate(write, spec.template);
    describeConditions(write, status?.conditions);
    if (fresh.length + old.length > 0) {
      field(write, 'OldReplicaSets', setsText(old));
      field(write, 'NewReplicaSet', setsText(fresh));
    }
    describeEvents(write, related.events, nowMs);
  }),
};
