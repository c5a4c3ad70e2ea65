import { timestamp } from '../../../api/clock';
import type { Node, Taint } from '../../../api/generated/core.v1';
import { nodeCondition } from './heartbeat';

interface Rule {
  readonly condition: string;
  readonly status: string;
  readonly key: string;
  readonly effects: readonly Taint['effect'][];
}

/** Conditions of a node as taints. After k8s.io/kubernetes/pkg/controller/nodelifecycle. */
const rules: readonly Rule[] = [
  { condition: 'Ready', status: 'False', key: 'node.kubernetes.io/not-ready', effects: ['NoSchedule', 'NoExecute'] },
  { condition: 'Ready', status: 'Unknown', key: 'node.kubernetes.io/unreachable', effects: ['NoSchedule', 'NoExecute'] },
  { condition: 'MemoryPressure', status: 'True', key: 'node.kubernetes.io/memory-pressure', effects: ['NoSchedule'] },
  { condition: 'DiskPressure', status: 'True', key: 'node.kubernetes.io/disk-pressure', effects: ['NoSchedule'] },
  { condition: 'PIDPressure', status: 'True', key: 'node.kubernetes.io/pid-pressure', effects: ['NoSchedule'] },
  { condition: 'NetworkUnavailable', status: 'True', key: 'node.kubernetes.io/network-unavailable', effects: ['NoSchedule'] },
];

const cordonKey = 'node.kubernetes.io/unschedulable';
const managedKeys = new Set([...rules.map(({ key }) => key), cordonKey]);

/** The taints that the node should have: those of its conditions and its cordon, and what others have put on it. */
export function wantedTaints(node: Node, nowMs: number): Taint[] {
  const known = node.spec?.taints ?? [];
  const wanted = [
    ...rules.filter(({ condition, status }) => nodeCondition(node, condition)?.status === status)
      .flatMap(({ key, effects }) => effects.map((effect): Taint => ({ key, effect }))),
    ...(node.spec?.unschedulable ? [{ key: cordonKey, effect: 'NoSchedule' } as Taint] : []),
  ];
  const isSame = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
  const kept = known.filter((taint) => !managedKeys.has(taint.key) || wanted.some((each) => isSame(each, taint)));
  const added = wanted.filter((taint) => !known.some((each) => isSame(each, taint)))
    .map((taint) => (taint.effect === 'NoExecute' || taint.key === cordonKey ? { ...taint, timeAdded: timestamp(nowMs) } : taint));
  return [...kept, ...added];
}
