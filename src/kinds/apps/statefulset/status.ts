import type { StatefulSetStatus } from '../../../api/generated/apps.v1';
import type { Pod } from '../../../api/generated/core.v1';
import { omitZero } from '../../omit';
import { isAvailable } from '../../pod-state';
import { replicasOf, revisionOf } from './identity';
import { isRunningAndReady, type Members } from './steps';

/** After computeReplicaStatus and completeRollingUpdate of pkg/controller/statefulset. */
export function calculateStatus({ set, current, updated, nowMs }: Members, owned: readonly Pod[]): StatefulSetStatus {
  const ready = owned.filter(isRunningAndReady);
  const of = (revision: string) => owned.filter((pod) => !pod.metadata.deletionTimestamp && revisionOf(pod) === revision).length;
  const updatedReplicas = of(updated.metadata.name);
  const isComplete = set.spec.updateStrategy?.type !== 'OnDelete'
    && [updatedReplicas, ready.length, owned.length].every((count) => count === replicasOf(set));
  const currentRevision = isComplete ? updated.metadata.name : current.metadata.name;
  return {
    ...omitZero({ observedGeneration: set.metadata.generation ?? 0 }),
    replicas: owned.length,
    ...omitZero({ readyReplicas: ready.length, currentReplicas: isComplete ? updatedReplicas : of(current.metadata.name), updatedReplicas }),
    availableReplicas: ready.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs)).length,
    currentRevision,
    updateRevision: updated.metadata.name,
    collisionCount: set.status?.collisionCount ?? 0,
    ...(set.status?.conditions && { conditions: set.status.conditions }),
  };
}
