import type { Pod } from '../../api/generated/core.v1';
import type { PodDisruptionBudget } from '../../api/generated/policy.v1';
import { labelSelectorMatcher } from '../../api/selectors';
import type { Candidate, ClusterState } from './cluster-state';
import { filters } from './filters';
import type { PodInfo } from './node-info';
import type { Rejection } from './plugins';

export interface Preemption {
  readonly node: string;
  /** Pods that have to go for the pod to fit, the most important first. */
  readonly victims: readonly Pod[];
}

interface Plan extends Preemption {
  /** Victims whose budget does not allow it. */
  readonly violations: number;
}

export const priorityOf = ({ spec }: Pod): number => spec?.priority ?? 0;

const startedMs = ({ status }: Pod): number => (status?.startTime ? Date.parse(status.startTime) : Infinity);

/** Higher priority, then started earlier. */
const moreImportant = (a: Pod, b: Pod): number => {
  const [startA, startB] = [startedMs(a), startedMs(b)];
  return priorityOf(b) - priorityOf(a) || (startA === startB ? 0 : startA - startB);
};

/** Nodes that are looked at for victims, at the least and as a share of those where it may help. */
const nodesMin = 100;
const nodesShare = 0.1;

/** Why a pod may not have others removed, in upstream's words; undefined when it may. */
export function ineligible(pod: Pod, cluster: ClusterState, rejections: ReadonlyMap<string, Rejection>): string | undefined {
  if (pod.spec?.preemptionPolicy === 'Never') return 'not eligible due to preemptionPolicy=Never.';
  const nominated = pod.status?.nominatedNodeName;
  if (!nominated || rejections.get(nominated)?.preemptible === false) return undefined;
  const node = cluster.candidates().find(({ name }) => name === nominated);
  const leaving = [...(node?.pods.values() ?? [])].some(({ pod: other }) => priorityOf(other) < priorityOf(pod) && isPreempted(other));
  return leaving ? 'not eligible due to a terminating pod on the nominated node.' : undefined;
}

const isPreempted = ({ metadata, status }: Pod): boolean => metadata.deletionTimestamp !== undefined
  && Boolean(status?.conditions?.some(({ type, status: is, reason }) => type === 'DisruptionTarget' && is === 'True' && reason === 'PreemptionByScheduler'));

/**
 * The node that it costs least to make room on, if there is one. The cluster is tried out in place and is as before
 * in the end. After pkg/scheduler/framework/plugins/defaultpreemption.
 */
export function choosePreemption(
  pod: PodInfo, cluster: ClusterState, rejections: ReadonlyMap<string, Rejection>, budgets: readonly PodDisruptionBudget[],
): Preemption | undefined {
  const helpful = cluster.candidates().filter(({ name }) => rejections.get(name)?.preemptible);
  const plans: Plan[] = [];
  for (const node of helpful) {
    if (plans.length >= Math.max(nodesMin, helpful.length * nodesShare)) break;
    const plan = planOn(node, pod, cluster, budgets);
    if (plan) plans.push(plan);
  }
  return cheapest(plans);
}

function planOn(node: Candidate, pod: PodInfo, cluster: ClusterState, budgets: readonly PodDisruptionBudget[]): Plan | undefined {
  const lower = [...node.pods.values()].filter((other) => priorityOf(other.pod) < priorityOf(pod.pod)).sort((a, b) => moreImportant(a.pod, b.pod));
  if (lower.length === 0) return undefined;
  const gone = new Set(lower);
  lower.forEach((other) => node.remove(other.pod.metadata.uid ?? ''));
  try {
    if (!fits(pod, node, cluster)) return undefined;
    const { violating, others } = byBudget(lower, budgets);
    // As many as possible stay, those first whose loss would be worst.
    const reprieved = (other: PodInfo) => {
      node.add(other);
      if (fits(pod, node, cluster)) return gone.delete(other);
      node.remove(other.pod.metadata.uid ?? '');
      return false;
    };
    const violations = violating.filter((other) => !reprieved(other)).length;
    others.forEach(reprieved);
    return { node: node.name, victims: [...gone].map((other) => other.pod), violations };
  } finally {
    gone.forEach((other) => node.add(other));
  }
}

const fits = (pod: PodInfo, node: Candidate, cluster: ClusterState): boolean => filters.every((filter) => !filter(pod, cluster)?.(node));

function byBudget(infos: readonly PodInfo[], budgets: readonly PodDisruptionBudget[]): { violating: PodInfo[]; others: PodInfo[] } {
  const left = budgets.map((budget) => ({ budget, allowed: budget.status?.disruptionsAllowed ?? 0, matches: labelSelectorMatcher(budget.spec?.selector) }));
  const [violating, others]: [PodInfo[], PodInfo[]] = [[], []];
  for (const info of infos) {
    const { namespace, name, labels } = info.pod.metadata;
    const mine = left.filter(({ budget, matches }) => budget.metadata.namespace === namespace && matches(labels) && !budget.status?.disruptedPods?.[name]);
    mine.forEach((one) => { one.allowed -= 1; });
    (mine.some(({ allowed }) => allowed < 0) ? violating : others).push(info);
  }
  return { violating, others };
}

/** In order of weight: less is better. */
const costs: readonly ((plan: Plan) => number)[] = [
  ({ violations }) => violations,
  ({ victims }) => Math.max(...victims.map(priorityOf)),
  // So many above zero that a victim more always costs more.
  ({ victims }) => victims.reduce((sum, victim) => sum + priorityOf(victim) + 2 ** 31, 0),
  ({ victims }) => victims.length,
  ({ victims }) => -Math.min(...victims.filter((victim) => priorityOf(victim) === Math.max(...victims.map(priorityOf))).map(startedMs)),
];

function cheapest(plans: readonly Plan[]): Preemption | undefined {
  let best = plans;
  for (const cost of costs) {
    const least = Math.min(...best.map(cost));
    best = best.filter((plan) => cost(plan) === least);
  }
  return best[0] && { node: best[0].node, victims: best[0].victims };
}
