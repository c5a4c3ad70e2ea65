import { timestamp } from '../../../api/clock';
import type { NodeCondition } from '../../../api/generated/core.v1';

/** What a healthy node says of itself. Reasons and messages: pkg/kubelet/nodestatus. */
const healthy: readonly Pick<NodeCondition, 'type' | 'status' | 'reason' | 'message'>[] = [
  { type: 'MemoryPressure', status: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
  { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
  { type: 'PIDPressure', status: 'False', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
];

/** `problem`: why the runtime does not answer. Conditions of others stay. */
export function nodeConditions(old: readonly NodeCondition[] | undefined, problem: string | undefined, nowMs: number): NodeCondition[] {
  const now = timestamp(nowMs);
  const ours = healthy.map((condition): NodeCondition => {
    const told = condition.type === 'Ready' && problem !== undefined ? { ...condition, status: 'False', reason: 'KubeletNotReady', message: problem } : condition;
    const before = old?.find(({ type }) => type === condition.type);
    return { ...told, lastHeartbeatTime: now, lastTransitionTime: before?.status === told.status ? (before.lastTransitionTime ?? now) : now };
  });
  const types = new Set(healthy.map(({ type }) => type));
  return [...(old ?? []).filter(({ type }) => !types.has(type)), ...ours];
}
