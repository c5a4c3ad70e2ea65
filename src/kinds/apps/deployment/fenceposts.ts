import type { Deployment } from '../../../api/generated/apps.v1';
import { scaledValue } from '../../scaled-value';

export const desiredReplicas = (deployment: Deployment): number => deployment.spec.replicas ?? 1;

const isRolling = (deployment: Deployment): boolean => deployment.spec.strategy?.type !== 'Recreate';

/**
 * How far a rolling update may leave the desired size: surge rounds up, unavailable down. Both cannot be zero, or
 * nothing would ever move: then one may be unavailable. After ResolveFenceposts of pkg/controller/deployment/util.
 */
function fenceposts(deployment: Deployment): { surge: number; unavailable: number } {
  const { maxSurge, maxUnavailable } = deployment.spec.strategy?.rollingUpdate ?? {};
  const surge = scaledValue(maxSurge, desiredReplicas(deployment), Math.ceil);
  const unavailable = scaledValue(maxUnavailable, desiredReplicas(deployment), Math.floor);
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}

const maxSurge = (deployment: Deployment): number => (isRolling(deployment) ? fenceposts(deployment).surge : 0);

export function maxUnavailable(deployment: Deployment): number {
  if (!isRolling(deployment)) return 0;
  return Math.min(fenceposts(deployment).unavailable, desiredReplicas(deployment));
}

/** No more pods than this may exist at a time. */
export const maxReplicas = (deployment: Deployment): number => desiredReplicas(deployment) + maxSurge(deployment);
