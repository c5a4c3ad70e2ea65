import type { Container, ContainerStatus, Pod, PodCondition } from '../../../api/generated/core.v1';
import { isSidecar, readySandbox } from '../decide/view';
import type { Sandbox } from '../../../runtime/port';
import { anyMainStarted, type Phase } from './phase';

/** Of a pod that asks for other amounts than it has. */
export type ResizeCondition = Condition;

type Condition = Pick<PodCondition, 'type' | 'status' | 'reason' | 'message'>;

const owned = new Set(['PodReadyToStartContainers', 'Initialized', 'Ready', 'ContainersReady', 'PodScheduled', 'PodResizePending', 'PodResizeInProgress']);

const isTrue = (type: string): Condition => ({ type, status: 'True' });
const isFalse = (type: string, reason: string, message?: string): Condition => ({ type, status: 'False', reason, ...(message && { message }) });

/**
 * The kubelet's conditions behind those of others, which it keeps. A transition time stays as long as the status
 * does. Reasons and messages: pkg/kubelet/status/generate.go.
 */
export function podConditions(pod: Pod, sandboxes: readonly Sandbox[], statuses: readonly ContainerStatus[], phase: Phase, now: string, resize: readonly ResizeCondition[] = []): PodCondition[] {
  const old = pod.status?.conditions ?? [];
  const others = old.filter(({ type }) => !owned.has(type));
  const containersReady = containersReadyCondition(pod, statuses, phase);
  const ours: Condition[] = [
    readySandbox(sandboxes) ? isTrue('PodReadyToStartContainers') : { type: 'PodReadyToStartContainers', status: 'False' },
    initializedCondition(pod, statuses, phase),
    readyCondition(pod, others, containersReady),
    containersReady,
    isTrue('PodScheduled'),
    ...resize,
  ];
  return [...others, ...ours.map((condition) => dated(condition, old, now))];
}

function dated(condition: Condition, old: readonly PodCondition[], now: string): PodCondition {
  const before = old.find(({ type }) => type === condition.type);
  return { ...condition, lastTransitionTime: before?.status === condition.status && before.lastTransitionTime ? before.lastTransitionTime : now };
}

const terminalReason: Partial<Record<Phase, string>> = { Succeeded: 'PodCompleted', Failed: 'PodFailed' };

function containersReadyCondition(pod: Pod, statuses: readonly ContainerStatus[], phase: Phase): Condition {
  const type = 'ContainersReady';
  const wanted = [...(pod.spec.initContainers ?? []).filter(isSidecar), ...pod.spec.containers];
  const { unknown, lacking } = sortOut(wanted, statuses, (_, status) => status.ready);
  if (phase === 'Failed' || (phase === 'Succeeded' && unknown.length === 0)) return isFalse(type, terminalReason[phase]!);
  const message = describe(unknown, lacking, 'unready');
  return message ? isFalse(type, 'ContainersNotReady', message) : isTrue(type);
}

function readyCondition(pod: Pod, others: readonly PodCondition[], containersReady: Condition): Condition {
  if (containersReady.status !== 'True') return { ...containersReady, type: 'Ready' };
  const closed = (pod.spec.readinessGates ?? []).flatMap(({ conditionType }) => {
    const condition = others.find(({ type }) => type === conditionType);
    if (!condition) return [`corresponding condition of pod readiness gate "${conditionType}" does not exist.`];
    return condition.status === 'True' ? [] : [`the status of pod readiness gate "${conditionType}" is not "True", but ${condition.status}`];
  });
  return closed.length > 0 ? isFalse('Ready', 'ReadinessGatesNotReady', closed.join(', ')) : isTrue('Ready');
}

function initializedCondition(pod: Pod, statuses: readonly ContainerStatus[], phase: Phase): Condition {
  const type = 'Initialized';
  const isThrough = (container: Container, status: ContainerStatus) => (isSidecar(container) ? status.started === true : status.ready);
  const { unknown, lacking } = sortOut(pod.spec.initContainers ?? [], statuses, isThrough);
  if (phase === 'Succeeded' && unknown.length === 0) return { ...isTrue(type), reason: 'PodCompleted' };
  if (anyMainStarted(pod, statuses)) return isTrue(type);
  const message = describe(unknown, lacking, 'incomplete');
  return message ? isFalse(type, 'ContainersNotInitialized', message) : isTrue(type);
}

function sortOut(containers: readonly Container[], statuses: readonly ContainerStatus[], isGood: (container: Container, status: ContainerStatus) => boolean) {
  const unknown: string[] = [];
  const lacking: string[] = [];
  for (const container of containers) {
    const status = statuses.find(({ name }) => name === container.name);
    if (!status) unknown.push(container.name);
    else if (!isGood(container, status)) lacking.push(container.name);
  }
  return { unknown, lacking };
}

function describe(unknown: string[], lacking: string[], what: string): string {
  const parts = [
    ...(unknown.length > 0 ? [`containers with unknown status: [${unknown.join(' ')}]`] : []),
    ...(lacking.length > 0 ? [`containers with ${what} status: [${lacking.join(' ')}]`] : []),
  ];
  return parts.join(', ');
}
