import type { Rejection } from './plugins';

function reasonsText(rejections: readonly Rejection[]): string {
  const [first] = rejections;
  return first?.ofPod ? first.reasons.join(', ') : histogram(rejections.flatMap(({ reasons }) => reasons));
}

/** `2 Insufficient cpu, 1 node(s) were unschedulable`, in the order of the texts. */
function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => `${count} ${reason}`).sort().join(', ');
}

/** The outcome that needs no words: others make room. */
export const preempting = 'preempting';

/**
 * Wording: FitError of k8s.io/kubernetes/pkg/scheduler/framework, with what preemption found: why there was none
 * (`outcome`), nothing when it makes room, else why it cannot on each node.
 */
export function fitErrorMessage(rejections: ReadonlyMap<string, Rejection>, outcome?: string): string {
  if (rejections.size === 0) return 'no nodes available to schedule pods';
  const none = `0/${rejections.size} nodes are available`;
  const all = [...rejections.values()];
  if (outcome !== undefined) return `${none}: ${reasonsText(all)}.${outcome === preempting ? '' : ` preemption: ${outcome}`}`;
  const preemption = all.map(({ preemptible }) => (preemptible ? 'No preemption victims found for incoming pod' : 'Preemption is not helpful for scheduling'));
  return `${none}: ${reasonsText(all)}. preemption: ${none}: ${histogram(preemption)}.`;
}
