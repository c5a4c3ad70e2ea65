import { timestamp } from '../../../api/clock';
import type { Pod, PodStatus } from '../../../api/generated/core.v1';
import type { Decision, PodView } from '../decide/view';
import { podConditions } from './conditions';
import { containerStatuses } from './containers';
import { podPhase, type Phase } from './phase';
import { qosClass } from './qos';

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
  const initContainerStatuses = containerStatuses(view, decision, pod.spec.initContainers ?? [], old.initContainerStatuses, 'init');
  const main = containerStatuses(view, decision, pod.spec.containers, old.containerStatuses, 'main');
  const ephemeral = containerStatuses(view, decision, pod.spec.ephemeralContainers ?? [], old.ephemeralContainerStatuses, 'ephemeral');
  const all = [...initContainerStatuses, ...main];
  const { phase, reason, message } = settledPhase(pod, podPhase(pod, all, options.isTerminal), view, decision);
  const podIP = addressOf(view, options.hostIP);
  return {
    ...notOurs(old),
    phase,
    conditions: podConditions(pod, view.sandboxes, all, phase, timestamp(nowMs)),
    ...(reason !== undefined && { reason }),
    ...(message !== undefined && { message }),
    hostIP: options.hostIP,
    hostIPs: [{ ip: options.hostIP }],
    ...(podIP && { podIP, podIPs: [{ ip: podIP }] }),
    startTime: old.startTime ?? timestamp(nowMs),
    ...(initContainerStatuses.length > 0 && { initContainerStatuses }),
    containerStatuses: main,
    ...(ephemeral.length > 0 && { ephemeralContainerStatuses: ephemeral }),
    qosClass: old.qosClass ?? qosClass(pod),
  };
}

/** Fields that others write. */
function notOurs({ nominatedNodeName, resourceClaimStatuses, resize }: PodStatus): PodStatus {
  return { ...(nominatedNodeName && { nominatedNodeName }), ...(resourceClaimStatuses && { resourceClaimStatuses }), ...(resize && { resize }) };
}

/** A terminal phase is final, and it is not told before the last container has ended. */
function settledPhase(pod: Pod, computed: Phase, view: PodView, decision: Pick<Decision, 'outcome'>): { phase: Phase; reason?: string; message?: string } {
  const old = pod.status;
  const anyRunning = view.sandboxes.some(({ containers }) => containers.some(({ state }) => state === 'running'));
  const keep = { ...(old?.reason !== undefined && { reason: old.reason }), ...(old?.message !== undefined && { message: old.message }) };
  if (isTerminalPhase(old?.phase)) return { phase: old!.phase as Phase, ...keep };
  const { outcome } = decision;
  const wanted = outcome?.phase ?? computed;
  if (isTerminalPhase(wanted) && anyRunning) return { phase: (old?.phase as Phase | undefined) ?? 'Pending', ...keep };
  if (outcome) return outcome;
  return wanted === old?.phase ? { phase: wanted, ...keep } : { phase: wanted };
}

function addressOf({ pod, sandboxes }: PodView, hostIP: string): string | undefined {
  if (pod.spec.hostNetwork) return sandboxes.length > 0 || pod.status?.podIP ? hostIP : undefined;
  const [newest] = sandboxes;
  return (newest?.state === 'ready' ? newest.ip : undefined) ?? pod.status?.podIP;
}
