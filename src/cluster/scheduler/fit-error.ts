import type { Rejection } from './plugins';

/** `2 Insufficient cpu, 1 node(s) were unschedulable`, in the order of the texts. */
function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} ${reason}`).sort().join(', ');
}

/** Wording: FitError of k8s.io/kubernetes/pkg/scheduler/framework, with what preemption found. */
export function fitErrorMessage(rejections: ReadonlyMap<string, Rejection>): string {
  if (rejections.size === 0) return 'no nodes available to schedule pods';
  const none = `0/${rejections.size} nodes are available`;
  const all = [...rejections.values()];
  const preemption = all.map(({ preemptible }) => (preemptible ? 'No preemption victims found for incoming pod' : 'Preemption is not helpful for scheduling'));
  return `${none}: ${histogram(all.flatMap(({ reasons }) => reasons))}. preemption: ${none}: ${histogram(preemption)}.`;
}
