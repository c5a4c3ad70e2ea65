import type { StatefulSet } from '../../../api/generated/apps.v1';
import type { PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import { canonicalQuantity } from '../../../api/quantity';
import { formatLabelSelector } from '../../../api/selectors';
import { claimClass } from '../../claims';
import type { Describe } from '../../describe';
import { controlledPods, podsQuery, podsStatusText } from '../../describing/controlled';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describePodTemplate } from '../../describing/pod-template';
import { dateText } from '../../describing/time';
import { describeText, field, type Write } from '../../describing/writer';

function describeUpdateStrategy(write: Write, { spec: { updateStrategy = {} } }: StatefulSet): void {
  const { type, rollingUpdate: { partition, maxUnavailable } = {} } = updateStrategy;
  field(write, 'Update Strategy', type);
  if (partition === undefined) return;
  field(write, 'Partition', partition, 1);
  if (maxUnavailable !== undefined) field(write, 'MaxUnavailable', maxUnavailable, 1);
}

function describeClaims(write: Write, claims: readonly PersistentVolumeClaim[]): void {
  if (claims.length === 0) return write(0, 'Volume Claims:\t<none>\n');
  write(0, 'Volume Claims:\n');
  for (const claim of claims) {
    field(write, 'Name', claim.metadata.name, 1);
    field(write, 'StorageClass', claimClass(claim), 1);
    describeLabels(write, '  Labels', claim.metadata.labels);
    // Shown as labels are.
    describeLabels(write, '  Annotations', claim.metadata.annotations);
    const size = claim.spec.resources?.requests?.storage;
    field(write, 'Capacity', size === undefined ? '<default>' : canonicalQuantity(size), 1);
    field(write, 'Access Modes', `[${(claim.spec.accessModes ?? []).join(' ')}]`, 1);
  }
}

export const statefulSetDescribe: Describe<StatefulSet> = {
  group: 'apps',
  kind: 'StatefulSet',
  related: (set) => [podsQuery(set, set.spec.selector), eventQuery(set, 'StatefulSet')],
  render: (set, related, { nowMs }) => describeText((write) => {
    const { metadata, spec, status } = set;
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    field(write, 'CreationTimestamp', dateText(metadata.creationTimestamp));
    field(write, 'Selector', formatLabelSelector(spec.selector));
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    field(write, 'Replicas', `${spec.replicas ?? 0} desired | ${status?.replicas ?? 0} total`);
    describeUpdateStrategy(write, set);
    field(write, 'Pods Status', podsStatusText(set, related.list<Pod>(controlledPods)));
    describePodTemplate(write, spec.template);
    describeClaims(write, spec.volumeClaimTemplates ?? []);
    describeEvents(write, related.events, nowMs);
  }),
};
