import { timestamp } from '../api/clock';
import type { Pod, PodCondition } from '../api/generated/core.v1';
import type { Index } from './reconciler';

export const podCondition = (pod: Pod, type: string): PodCondition | undefined =>
  pod.status?.conditions?.find((condition) => condition.type === type);

export const isReady = (pod: Pod): boolean => podCondition(pod, 'Ready')?.status === 'True';

export const isFinished = (pod: Pod): boolean => pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed';

/** Neither finished nor being deleted. */
export const isActive = (pod: Pod): boolean => !isFinished(pod) && !pod.metadata.deletionTimestamp;

/** On the same node or none, and as alive: what loops go by that look after a pod and its node. */
export const isPlacedAlike = (pod: Pod, old: Pod): boolean =>
  pod.metadata.uid === old.metadata.uid && pod.spec?.nodeName === old.spec?.nodeName && pod.metadata.deletionTimestamp === old.metadata.deletionTimestamp
  && isFinished(pod) === isFinished(old);

/** Milliseconds since the epoch since when the pod is ready, if it is. */
export function readySinceMs(pod: Pod): number | undefined {
  const condition = podCondition(pod, 'Ready');
  if (condition?.status !== 'True' || !condition.lastTransitionTime) return undefined;
  return Date.parse(condition.lastTransitionTime);
}

/** When the pod counts as available, ready for `minReadySeconds`: in milliseconds since the epoch; never for one not ready. */
export function availableAtMs(pod: Pod, minReadySeconds: number): number {
  if (!isReady(pod)) return Infinity;
  if (minReadySeconds === 0) return -Infinity;
  return (readySinceMs(pod) ?? Infinity) + minReadySeconds * 1000 + 1;
}

/** After k8s.io/kubernetes/pkg/api/v1/pod.IsPodAvailable. */
export const isAvailable = (pod: Pod, minReadySeconds: number, nowMs: number): boolean => availableAtMs(pod, minReadySeconds) <= nowMs;

export const restartCount = (pod: Pod): number =>
  Math.max(0, ...(pod.status?.containerStatuses ?? []).map((container) => container.restartCount));

/** Pods by the node that they are bound to. */
export const byNode: Index<Pod> = { name: 'node', values: ({ spec }) => (spec?.nodeName ? [spec.nodeName] : []) };

/** The status of a pod that is taken away for a reason that it is to show: condition DisruptionTarget. */
export function withDisruption(pod: Pod, reason: string, message: string, nowMs: number): Pod {
  const others = (pod.status?.conditions ?? []).filter(({ type }) => type !== 'DisruptionTarget');
  const condition: PodCondition = { type: 'DisruptionTarget', status: 'True', lastTransitionTime: timestamp(nowMs), reason, message };
  return { ...pod, status: { ...pod.status, conditions: [...others, condition] } };
}
