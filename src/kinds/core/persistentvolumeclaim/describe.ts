import type { PersistentVolumeClaim, Pod } from '../../../api/generated/core.v1';
import type { Describe } from '../../describe';
import { describeClaim } from '../../describing/claim';
import { describeTimedConditions } from '../../describing/conditions';
import { describeEvents, eventQuery } from '../../describing/events';
import { column } from '../../describing/labels';
import { describeText } from '../../describing/writer';

const podsQuery = 'pods';

/** Pods that mount the claim, and the one that owns it as its ephemeral volume. */
function users({ metadata }: PersistentVolumeClaim, pods: readonly Pod[]): string[] {
  const owners = new Set((metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod').map(({ uid }) => uid));
  const mounts = (pod: Pod) => (pod.spec.volumes ?? []).filter(({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName === metadata.name).length;
  const names = pods.flatMap((pod) => {
    const times = mounts(pod) || Number(owners.has(pod.metadata.uid ?? ''));
    return Array.from({ length: times }, () => pod.metadata.name);
  });
  return names.sort();
}

export const persistentVolumeClaimDescribe: Describe<PersistentVolumeClaim> = {
  group: '',
  kind: 'PersistentVolumeClaim',
  related: (claim) => [
    { as: podsQuery, group: '', version: 'v1', plural: 'pods', namespace: claim.metadata.namespace },
    eventQuery(claim, 'PersistentVolumeClaim'),
  ],
  render: (claim, related, { nowMs }) => describeText((write) => {
    describeClaim(write, claim, nowMs);
    column(write, 'Used By', users(claim, related.list<Pod>(podsQuery)));
    describeTimedConditions(write, claim.status?.conditions, { title: 'LastProbeTime', of: ({ lastProbeTime }) => lastProbeTime });
    describeEvents(write, related.events, nowMs);
  }),
};
