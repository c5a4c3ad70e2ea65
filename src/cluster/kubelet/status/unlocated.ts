import type { ContainerStatus, Pod } from '../../../api/generated/core.v1';
import { isSidecar } from '../decide/view';

const unknownReason = 'ContainerStatusUnknown';
const exitCode = 137;

/** A container that used to run and left nothing behind, not even an exit code. */
export const lostState = {
  terminated: { exitCode, reason: unknownReason, message: 'The container could not be located when the pod was deleted.  The container used to be Running' },
};

const unlocatedState = { terminated: { exitCode, reason: unknownReason, message: 'The container could not be located when the pod was terminated' } };

/**
 * For a pod that is over: every container is told to have ended, for those of which nothing is known it is an error.
 * After the status manager's TerminatePod.
 */
export function endedStatuses(pod: Pod, init: ContainerStatus[], main: ContainerStatus[]): { init: ContainerStatus[]; main: ContainerStatus[] } {
  const begun = begunCount(init);
  return {
    init: init.map((status, position) => (position < begun ? ended(status) : status)),
    main: hasInitialized(pod, init, main) ? main.map(ended) : main,
  };
}

function ended(status: ContainerStatus): ContainerStatus {
  if (status.state?.terminated) return status;
  return { ...status, state: unlocatedState, ready: false, started: false };
}

const wasStarted = ({ state, lastState }: ContainerStatus) => !state?.waiting || lastState?.terminated !== undefined;

/** Up to the last init container that was ever started, and at least one. */
function begunCount(init: readonly ContainerStatus[]): number {
  const last = init.findLastIndex(wasStarted);
  return Math.min(init.length, Math.max(1, last + 1));
}

/** Whether regular containers can have been started. */
function hasInitialized({ spec }: Pod, init: readonly ContainerStatus[], main: readonly ContainerStatus[]): boolean {
  const last = spec.initContainers?.at(-1);
  if (!last || main.some(wasStarted)) return true;
  const status = init.at(-1);
  if (isSidecar(last)) return status?.state?.running !== undefined && status.started === true;
  return status?.state?.terminated?.exitCode === 0 || status?.lastState?.terminated?.exitCode === 0;
}
