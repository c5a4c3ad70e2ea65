import { zoneLabel, type Candidate, type ClusterState } from '../cluster-state';
import type { PodInfo } from '../node-info';
import { domainOf } from '../pod-affinity-terms';
import type { Score } from '../plugins';
import { spreads } from '../topology';

/** One wish of a pod to be apart from its like. */
interface Wish {
  readonly maxSkew: number;
  /** Into how many parts the cluster is divided. */
  readonly domains: number;
  /** Matching pods in the part that the node is in. */
  readonly count: (node: Candidate) => number;
}

/**
 * The fewer matching pods a domain has, the better; many domains weigh more than few. After scoring.go of
 * pkg/scheduler/framework/plugins/podtopologyspread.
 */
export const spreadPreference: Score = {
  weight: 2,
  scale: 'lowest-best',
  of: (pod, cluster) => {
    const wishes = pod.pod.spec?.topologySpreadConstraints?.length ? ownWishes(pod, cluster) : defaultWishes(pod, cluster);
    if (wishes.length === 0) return undefined;
    const weighted = wishes.map(({ maxSkew, domains, count }) => ({ count, weight: Math.log(domains + 2), least: maxSkew - 1 }));
    return (node) => Math.round(weighted.reduce((sum, { count, weight, least }) => sum + count(node) * weight + least, 0));
  },
};

const ownWishes = ({ pod }: PodInfo, cluster: ClusterState): Wish[] =>
  spreads(pod, cluster, 'ScheduleAnyway').map(({ constraint: { maxSkew, topologyKey }, counts }) => ({
    maxSkew, domains: counts.size, count: (node) => counts.get(domainOf(node, topologyKey) ?? '') ?? 0,
  }));

/** What the replicas of a set wish when their template says nothing: other nodes, other zones. After systemDefaultConstraints. */
function defaultWishes({ set }: PodInfo, cluster: ClusterState): Wish[] {
  if (set === undefined) return [];
  const apart: Wish = { maxSkew: 3, domains: cluster.candidates().length, count: (node) => node.replicasOf(set) };
  const zones = new Map<string, number>();
  for (const node of cluster.zoned()) {
    const zone = domainOf(node, zoneLabel)!;
    zones.set(zone, (zones.get(zone) ?? 0) + node.replicasOf(set));
  }
  return zones.size === 0 ? [apart] : [apart, { maxSkew: 5, domains: zones.size, count: (node) => zones.get(domainOf(node, zoneLabel) ?? '') ?? 0 }];
}
