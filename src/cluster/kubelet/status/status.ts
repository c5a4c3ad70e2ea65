import { timestamp } from '../../../api/clock';
import type { ContainerStatus, Pod, PodStatus } from '../../../api/generated/core.v1';
import type { Decision, PodView } from '../decide/view';
import { podConditions } from './conditions';
import { resizeConditions } from './resize';
import { containerStatuses } from './containers';
import { podPhase, type Phase } from './phase';
import { qosClass } from './qos';
import { endedStatuses } from './unlocated';

/** Nothing runs any more, and nothing will be started: the phase follows from how the containers ended. */
export interface StatusOptions {
  isTerminal: boolean;
  hostIP: string;
}

const isTerminalPhase = (phase: string | undefined) => phase === 'Succeeded' || phase === 'Failed';

/** The whole pod status as the kubelet sees it. After kubelet's generateAPIPodStatus. */
export function podStatus(view: PodView, decision: Pick<Decision, 'waiting' | 'outcome'>, options: StatusOptions): PodStatus {
  const { pod, nowMs } = view;
  const old = pod.status ?? {};
  // It was rejected, or has failed elsewhere: nothing of it was begun here.
  if (isTerminalPhase(old.phase) && !old.startTime && view.sandboxes.length === 0) return old;
  const init = containerStatuses(view, decision, pod.spec.initContainers ?? [], old.initContainerStatuses, 'init');
  const main = containerStatuses(view, decision, pod.spec.containers, old.containerStatuses, 'main');
  const { phase, reason, message } = settledPhase(pod, computedPhase(pod, [...init, ...main], options), view, decision);
  const isOver = isTerminalPhase(phase) && !anyRunning(view);
  const told = isOver ? endedStatuses(pod, init, main) : { init, main };
  const all = [...told.init, ...told.main];
  const ephemeral = containerStatuses(view, decision, pod.spec.ephemeralContainers ?? [], old.ephemeralContainerStatuses, 'ephemeral');
  const podIP = addressOf(view, options.hostIP);
  return {
    ...notOurs(old),
    phase,
    conditions: podConditions(pod, view.sandboxes, all, phase, timestamp(nowMs), isOver ? [] : resizeConditions(view)),
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
    hostIP: options.hostIP,
    hostIPs: [{ ip: options.hostIP }],
    ...(podIP && { podIP, podIPs: [{ ip: podIP }] }),
    startTime: old.startTime ?? timestamp(nowMs),
    ...(init.length > 0 && { initContainerStatuses: told.init }),
    containerStatuses: told.main,
    ...(ephemeral.length > 0 && { ephemeralContainerStatuses: ephemeral }),
    qosClass: old.qosClass ?? qosClass(pod),
  };
}

const anyRunning = ({ sandboxes }: PodView) => sandboxes.some(({ containers }) => containers.some(({ state }) => state === 'running'));

/** Whatever ended without a word has failed. */
function computedPhase(pod: Pod, statuses: readonly ContainerStatus[], { isTerminal }: StatusOptions): Phase {
  const phase = podPhase(pod, statuses, isTerminal);
  return isTerminal && !isTerminalPhase(phase) ? 'Failed' : phase;
}

/** Fields that others write. */
function notOurs({ nominatedNodeName, resourceClaimStatuses, resize }: PodStatus): PodStatus {
  return { ...(nominatedNodeName && { nominatedNodeName }), ...(resourceClaimStatuses && { resourceClaimStatuses }), ...(resize && { resize }) };
}

/** A terminal phase is final, and it is not told before the last container has ended. */
function settledPhase(pod: Pod, computed: Phase, view: PodView, decision: Pick<Decision, 'outcome'>): { phase: Phase; reason?: string; message?: string } {
  const old = pod.status;
  const keep = { ...(old?.reason !== undefined && { reason: old.reason }), ...(old?.message !== undefined && { message: old.message }) };
  if (isTerminalPhase(old?.phase)) return { phase: old!.phase as Phase, ...keep };
  const { outcome } = decision;
  const wanted = outcome?.phase ?? computed;
  if (isTerminalPhase(wanted) && anyRunning(view)) return { phase: (old?.phase as Phase | undefined) ?? 'Pending', ...keep };
  if (outcome) return outcome;
  return wanted === old?.phase ? { phase: wanted, ...keep } : { phase: wanted };
}

function addressOf({ pod, sandboxes }: PodView, hostIP: string): string | undefined {
  if (pod.spec.hostNetwork) return sandboxes.length > 0 || pod.status?.podIP ? hostIP : undefined;
  const [newest] = sandboxes;
  return (newest?.state === 'ready' ? newest.ip : undefined) ?? pod.status?.podIP;
}
