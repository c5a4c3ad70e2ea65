import type { Backend } from './endpoints';

/** What happens to a new connection. `reject` is an instant refusal; `drop` is for a policy Local without a local endpoint. */
export type Target = { readonly to: readonly Backend[] } | 'reject' | 'drop';

/**
 * Ready endpoints; when there are none, those that end but still serve, so that a rollout of a single replica loses
 * nothing. After CategorizeEndpoints of k8s.io/kubernetes/pkg/proxy.
 */
export function clusterTarget(backends: readonly Backend[]): Target {
  const usable = usableOf(backends);
  return usable.length > 0 ? { to: usable } : 'reject';
}

/** The same among the endpoints of this node. */
export function localTarget(backends: readonly Backend[]): Target {
  const usable = usableOf(backends.filter(({ local }) => local));
  if (usable.length > 0) return { to: usable };
  return usableOf(backends).length > 0 ? 'drop' : 'reject';
}

export function usableOf(backends: readonly Backend[]): Backend[] {
  const ready = backends.filter((backend) => backend.ready);
  return ready.length > 0 ? ready : backends.filter(({ serving, terminating }) => serving && terminating);
}
