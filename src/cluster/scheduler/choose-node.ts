import type { Random } from '../../api/clock';
import type { Candidate, ClusterState } from './cluster-state';
import { filters } from './filters';
import type { PodInfo } from './node-info';
import type { Rejection, Score } from './plugins';
import { scores } from './scores';
import { unmetRequirement } from './volumes/requirements';

export type Choice =
  | { readonly node: string }
  /** Nodes and why each cannot take the pod. */
  | { readonly rejections: ReadonlyMap<string, Rejection> };

/** The best of the nodes that fit, or of enough of them in a large cluster; among equals one at random. */
export function chooseNode(pod: PodInfo, cluster: ClusterState, random: Random): Choice {
  const unmet = unmetRequirement(pod.pod, cluster.volumes);
  if (unmet !== undefined) return { rejections: new Map(cluster.candidates().map(({ name }) => [name, { reasons: [unmet], preemptible: false, ofPod: true }])) };
  const tests = filters.flatMap((filter) => filter(pod, cluster) ?? []);
  const rejections = new Map<string, Rejection>();
  const feasible: Candidate[] = [];
  const nodes = cluster.candidates();
  const enough = enoughFeasible(nodes.length);
  // Every node gets its turn to be among those that are looked at.
  const first = enough < nodes.length ? Math.floor(random() * nodes.length) : 0;
  for (let turn = 0; turn < nodes.length && feasible.length < enough; turn++) {
    const node = nodes[(first + turn) % nodes.length]!;
    const rejection = firstRejection(tests, node);
    if (rejection) rejections.set(node.name, rejection);
    else feasible.push(node);
  }
  if (feasible.length === 0) return { rejections };
  if (feasible.length === 1) return { node: feasible[0]!.name };
  const totals = totalScores(pod, feasible, cluster);
  const best = Math.max(...totals);
  const winners = feasible.filter((_, at) => totals[at] === best);
  return { node: winners[Math.floor(random() * winners.length)]!.name };
}

const enoughMin = 100;

/** After numFeasibleNodesToFind of pkg/scheduler: half of the nodes, down to 5 % of them as they become many. */
export function enoughFeasible(nodeCount: number): number {
  const percentage = Math.max(5, 50 - Math.floor(nodeCount / 125));
  return nodeCount < enoughMin ? nodeCount : Math.max(enoughMin, Math.floor((nodeCount * percentage) / 100));
}

function firstRejection(tests: readonly ((node: Candidate) => Rejection | undefined)[], node: Candidate): Rejection | undefined {
  for (const test of tests) {
    const rejection = test(node);
    if (rejection) return rejection;
  }
  return undefined;
}

function totalScores(pod: PodInfo, nodes: readonly Candidate[], cluster: ClusterState): number[] {
  const totals = nodes.map(() => 0);
  for (const score of scores) {
    const of = score.of(pod, cluster);
    if (!of) continue;
    scaled(nodes.map(of), score.scale).forEach((value, at) => { totals[at]! += value * score.weight; });
  }
  return totals;
}

/** To 0 … 100. After DefaultNormalizeScore of pkg/scheduler/framework/plugins/helper; scores below zero are moved up. */
function scaled(raw: readonly number[], scale: Score['scale']): readonly number[] {
  if (scale === 'none') return raw;
  const lowest = Math.min(0, ...raw);
  const highest = Math.max(...raw) - lowest;
  return raw.map((value) => {
    const share = highest === 0 ? 0 : Math.floor((100 * (value - lowest)) / highest);
    return scale === 'lowest-best' ? 100 - share : share;
  });
}
