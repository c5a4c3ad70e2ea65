import type { DaemonSet, DaemonSetStatus } from '../../../api/generated/apps.v1';
import { omitZero } from '../../omit';
import { isAvailable, isReady } from '../../pod-state';
import { isUpdated } from './nodes';
import type { Placement } from './placement';

/** The oldest pod of a node speaks for it. After updateDaemonSetStatus of pkg/controller/daemon. */
export function calculateStatus({ set, hash, nodes, nowMs }: Placement): DaemonSetStatus {
  const wanted = nodes.filter(({ suits }) => suits.shouldRun);
  const daemons = wanted.flatMap(({ pods }) => pods.slice(0, 1));
  const available = daemons.filter((pod) => isAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs)).length;
  return {
    ...keep(set),
    currentNumberScheduled: daemons.length,
    numberMisscheduled: nodes.filter(({ suits, pods }) => !suits.shouldRun && pods.length > 0).length,
    desiredNumberScheduled: wanted.length,
    numberReady: daemons.filter(isReady).length,
    ...omitZero({
      observedGeneration: set.metadata.generation ?? 0,
      updatedNumberScheduled: daemons.filter((pod) => isUpdated(set, pod, hash)).length,
      numberAvailable: available,
      numberUnavailable: wanted.length - available,
    }),
  };
}

function keep({ status: { collisionCount, conditions } = {} as DaemonSetStatus }: DaemonSet): Partial<DaemonSetStatus> {
  return { ...(collisionCount !== undefined && { collisionCount }), ...(conditions && { conditions }) };
}
