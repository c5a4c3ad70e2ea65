import { timestamp } from '../../api/clock';
import type { ReplicaSetCondition, ReplicaSetStatus } from '../../api/generated/apps.v1';
import type { Pod } from '../../api/generated/core.v1';
import { labelSetMatcher } from '../../api/selectors';
import { omitZero } from '../omit';
import { isAvailable, isReady } from '../pod-state';
import type { Replicated } from './replicated';

/** `failure` is what kept pods from being created or deleted just now. After calculateStatus of pkg/controller/replicaset. */
export function calculateStatus(set: Replicated, active: readonly Pod[], failure: Error | undefined, nowMs: number): ReplicaSetStatus {
  const labelled = labelSetMatcher(set.spec?.template?.metadata?.labels);
  const minReadySeconds = set.spec?.minReadySeconds ?? 0;
  const conditions = failureConditions(set, active.length, failure, nowMs);
  return {
    replicas: active.length,
    ...omitZero({
      fullyLabeledReplicas: active.filter((pod) => labelled(pod.metadata.labels)).length,
      readyReplicas: active.filter(isReady).length,
      availableReplicas: active.filter((pod) => isAvailable(pod, minReadySeconds, nowMs)).length,
      observedGeneration: set.metadata.generation ?? 0,
    }),
    ...(conditions.length > 0 && { conditions }),
  };
}

function failureConditions(set: Replicated, active: number, failure: Error | undefined, nowMs: number): ReplicaSetCondition[] {
  const known = set.status?.conditions ?? [];
  const failing = known.some(({ type }) => type === 'ReplicaFailure');
  if (!failure) return known.filter(({ type }) => type !== 'ReplicaFailure');
  if (failing) return known;
  const reason = active < (set.spec?.replicas ?? 1) ? 'FailedCreate' : 'FailedDelete';
  return [...known, { type: 'ReplicaFailure', status: 'True', lastTransitionTime: timestamp(nowMs), reason, message: failure.message }];
}
