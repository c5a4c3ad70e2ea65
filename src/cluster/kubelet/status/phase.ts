import type { Container, ContainerStatus, Pod } from '../../../api/generated/core.v1';
import { isSidecar } from '../decide/view';

export type Phase = 'Pending' | 'Running' | 'Succeeded' | 'Failed';

type Counted = 'pendingInit' | 'failedInit' | 'unknown' | 'running' | 'waiting' | 'stopped' | 'succeeded';
type Counts = Record<Counted, number>;

/** `isTerminal`: whatever ended will not be started again, whatever its restart policy. After kubelet's getPhase. */
export function podPhase(pod: Pod, statuses: readonly ContainerStatus[], isTerminal: boolean): Phase {
  const counts: Counts = { pendingInit: 0, failedInit: 0, unknown: 0, running: 0, waiting: 0, stopped: 0, succeeded: 0 };
  const statusOf = ({ name }: Container) => statuses.find((status) => status.name === name);
  const count = (marks: Counted[]) => marks.forEach((mark) => counts[mark]++);
  for (const container of pod.spec.initContainers ?? []) count((isSidecar(container) ? ofSidecar : ofInit)(statusOf(container)));
  for (const container of pod.spec.containers) count(ofMain(statusOf(container)));

  const { restartPolicy } = pod.spec;
  if (counts.failedInit > 0 && restartPolicy === 'Never') return 'Failed';
  if (counts.pendingInit > 0 && !anyMainStarted(pod, statuses)) return 'Pending';
  if (counts.waiting > 0) return 'Pending';
  if (counts.unknown > 0) return 'Pending';
  if (counts.running > 0) return 'Running';
  if (counts.stopped === 0) return 'Pending';
  const allSucceeded = counts.stopped === counts.succeeded;
  if (isTerminal) return allSucceeded ? 'Succeeded' : 'Failed';
  if (restartPolicy === 'Always') return 'Running';
  if (allSucceeded) return 'Succeeded';
  return restartPolicy === 'Never' ? 'Failed' : 'Running';
}

export function anyMainStarted({ spec }: Pod, statuses: readonly ContainerStatus[]): boolean {
  const names = new Set(spec.containers.map(({ name }) => name));
  return statuses.some(({ name, state }) => names.has(name) && (state?.running ?? state?.terminated));
}

function ofInit(status: ContainerStatus | undefined): Counted[] {
  const { state, lastState } = status ?? {};
  if (state?.terminated) return state.terminated.exitCode === 0 ? [] : ['failedInit'];
  if (!state?.waiting || !lastState?.terminated) return ['pendingInit'];
  return lastState.terminated.exitCode === 0 ? [] : ['failedInit'];
}

function ofSidecar(status: ContainerStatus | undefined): Counted[] {
  if (!status) return ['unknown'];
  const { state, lastState, started } = status;
  if (state?.running) return started ? ['running'] : ['pendingInit', 'running'];
  if (state?.terminated) return [];
  if (state?.waiting) return lastState?.terminated ? [] : ['pendingInit', 'waiting'];
  return ['pendingInit', 'unknown'];
}

function ofMain(status: ContainerStatus | undefined): Counted[] {
  const { state, lastState } = status ?? {};
  if (state?.running) return ['running'];
  if (state?.terminated) return state.terminated.exitCode === 0 ? ['stopped', 'succeeded'] : ['stopped'];
  if (state?.waiting) return [lastState?.terminated ? 'stopped' : 'waiting'];
  return ['unknown'];
}
