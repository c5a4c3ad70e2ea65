import type { Container as ContainerSpec, Pod } from '../../../api/generated/core.v1';
import type { Container } from '../../../runtime/port';
import { podGraceSeconds, type Kill } from './kill';
import { isSidecar, type Action, type Decision, type PodView } from './view';

const minimumGraceSeconds = 1;

/**
 * Ends every container: the main ones first, then the sidecars in the opposite order of their start. When nothing
 * runs any more, `last` says what comes then.
 */
export function terminate(view: PodView, last: (view: PodView) => Action[]): Decision {
  const running = view.sandboxes.flatMap((sandbox) => sandbox.containers.filter(({ state }) => state === 'running'));
  const isStarting = [...view.inFlight].some((key) => key === 'sandbox' || key === 'volumes' || key.startsWith('container '));
  if (running.length === 0) return { actions: isStarting ? [] : last(view), waiting: new Map() };
  return { actions: firstToEnd(view.pod, running).map((container) => end(view, container)), waiting: new Map() };
}

function firstToEnd(pod: Pod, running: Container[]): Container[] {
  const sidecars = (pod.spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name);
  const others = running.filter(({ name }) => !sidecars.includes(name));
  if (others.length > 0) return others;
  const lastStarted = sidecars.reverse().find((name) => running.some((container) => container.name === name));
  return running.filter(({ name }) => name === lastStarted);
}

function end({ pod, nowMs, gone, eviction }: PodView, container: Container): Kill {
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata;
  const kill = { do: 'killContainer', key: `kill ${container.id}`, container: container.name, id: container.id, message: '', reason: 'deletion' } as const;
  if (eviction !== undefined && !deletionTimestamp) return { ...kill, graceSeconds: minimumGraceSeconds };
  if (!deletionTimestamp || gone) {
    return { ...kill, graceSeconds: Math.max(deletionGracePeriodSeconds ?? podGraceSeconds(pod), minimumGraceSeconds) };
  }
  // The API writes the time at which the grace is over, in whole seconds.
  const deadlineMs = Date.parse(deletionTimestamp);
  const leftSeconds = Math.ceil((deadlineMs - nowMs) / 1000);
  const graceSeconds = Math.min(Math.max(leftSeconds, minimumGraceSeconds), Math.max(deletionGracePeriodSeconds ?? podGraceSeconds(pod), minimumGraceSeconds));
  return { ...kill, graceSeconds, deadlineMs };
}

/** The pod stays in the API, with what its containers left behind. */
export function stopSandboxes(view: PodView): Action[] {
  return view.sandboxes.filter(({ state }) => state === 'ready').map(({ id }) => ({ do: 'stopSandbox', key: `sandbox ${id}`, id }));
}

export const finish = (): Action[] => [{ do: 'finish', key: 'finish' }];

export const allContainers = ({ spec }: Pod): ContainerSpec[] => [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])];
