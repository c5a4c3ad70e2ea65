import type { Container, ContainerStatus, ContainerStateTerminated, Pod } from '../../../api/generated/core.v1';
import { sum } from '../../printing';

/** What `get pods` tells of a pod's containers. After printPod in pkg/printers/internalversion. */
export interface PodSummary {
  readonly ready: number;
  readonly total: number;
  /** `Running`, `Init:0/1`, `CrashLoopBackOff`, `Terminating`, … */
  readonly reason: string;
  readonly restarts: number;
  /** When a container last ended before it was restarted. */
  readonly lastRestart: string | undefined;
}

/** An init container that keeps running beside the others. */
const isSidecar = (container: Container | undefined) => container?.restartPolicy === 'Always';

export const isTerminalPhase = (phase: string | undefined) => phase === 'Succeeded' || phase === 'Failed';

export function hasTrueCondition(pod: Pod, type: string): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') ?? false;
}

/** `Completed`, `Signal:9`, `ExitCode:1` */
function terminatedText({ reason, signal, exitCode }: ContainerStateTerminated): string {
  return reason || (signal ? `Signal:${signal}` : `ExitCode:${exitCode}`);
}

function latestRestart(statuses: readonly ContainerStatus[]): string | undefined {
  return statuses.flatMap(({ lastState }) => lastState?.terminated?.finishedAt ?? []).sort().at(-1);
}

const restartsOf = (statuses: readonly ContainerStatus[]) => sum(statuses.map(({ restartCount }) => restartCount ?? 0));

function phaseReason({ status }: Pod): string {
  const gated = status?.conditions?.some(({ type, reason }) => type === 'PodScheduled' && reason === 'SchedulingGated');
  return gated ? 'SchedulingGated' : status?.reason || status?.phase || '';
}

/** Undefined when the init container is done, or a sidecar that has started. */
function initReason(status: ContainerStatus, index: number, pod: Pod, sidecar: boolean): string | undefined {
  const { terminated, waiting } = status.state ?? {};
  if (terminated?.exitCode === 0 || (sidecar && status.started)) return undefined;
  if (terminated) return `Init:${terminatedText(terminated)}`;
  if (waiting?.reason && waiting.reason !== 'PodInitializing') return `Init:${waiting.reason}`;
  return `Init:${index}/${pod.spec.initContainers?.length ?? 0}`;
}

interface InitProgress {
  /** Set while an init container holds the pod back. */
  reason: string | undefined;
  readySidecars: number;
  /** Of the init containers looked at, up to the one that holds the pod back. */
  seen: ContainerStatus[];
}

function initProgress(pod: Pod, isSidecarStatus: (status: ContainerStatus) => boolean): InitProgress {
  const progress: InitProgress = { reason: undefined, readySidecars: 0, seen: [] };
  for (const [index, status] of (pod.status?.initContainerStatuses ?? []).entries()) {
    const sidecar = isSidecarStatus(status);
    progress.seen.push(status);
    progress.reason = initReason(status, index, pod, sidecar);
    if (progress.reason !== undefined) break;
    if (sidecar && status.ready && status.state?.terminated?.exitCode !== 0) progress.readySidecars++;
  }
  return progress;
}

const isRunning = ({ state, ready }: ContainerStatus) => !state?.waiting?.reason && !state?.terminated && Boolean(ready && state?.running);

/** The first container that waits or has ended gives the pod its reason. */
function containerReason(pod: Pod, reason: string): string {
  const states = (pod.status?.containerStatuses ?? []).map(({ state }) => state);
  const reasons = states.flatMap((state) => state?.waiting?.reason || (state?.terminated ? terminatedText(state.terminated) : []));
  const told = reasons[0] ?? reason;
  if (told !== 'Completed' || !(pod.status?.containerStatuses ?? []).some(isRunning)) return told;
  return hasTrueCondition(pod, 'Ready') ? 'Running' : 'NotReady';
}

function deletionReason(pod: Pod): string | undefined {
  if (!pod.metadata.deletionTimestamp) return undefined;
  if (pod.status?.reason === 'NodeLost') return 'Unknown';
  return isTerminalPhase(pod.status?.phase) ? undefined : 'Terminating';
}

export function summarisePod(pod: Pod): PodSummary {
  const sidecars = new Set((pod.spec.initContainers ?? []).filter(isSidecar).map(({ name }) => name));
  const isSidecarStatus = ({ name }: ContainerStatus) => sidecars.has(name);
  const init = initProgress(pod, isSidecarStatus);
  const total = (pod.spec.containers?.length ?? 0) + sidecars.size;
  const initialized = init.reason === undefined || hasTrueCondition(pod, 'Initialized');
  const statuses = pod.status?.containerStatuses ?? [];
  const counted = initialized ? [...init.seen.filter(isSidecarStatus), ...statuses] : init.seen;
  const reason = init.reason ?? phaseReason(pod);
  return {
    ready: init.readySidecars + (initialized ? statuses.filter(isRunning).length : 0),
    total,
    reason: deletionReason(pod) ?? (initialized ? containerReason(pod, reason) : reason),
    restarts: restartsOf(counted),
    lastRestart: latestRestart(counted),
  };
}
