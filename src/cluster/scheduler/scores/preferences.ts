import type { Pod, Taint, WeightedPodAffinityTerm } from '../../../api/generated/core.v1';
import { tolerates } from '../../../kinds/taints';
import type { ClusterState } from '../cluster-state';
import { matchesTerm } from '../../../kinds/node-selector';
import { affinityTest, countByDomain, domainOf } from '../pod-affinity-terms';
import type { Score } from '../plugins';

const isSoft = ({ effect }: Taint) => effect === 'PreferNoSchedule';

/** The fewer soft taints the pod does not tolerate, the better. */
export const taintPreference: Score = {
  weight: 3,
  scale: 'lowest-best',
  of: ({ pod }, cluster) => {
    if (!cluster.candidates().some(({ node }) => node.spec?.taints?.some(isSoft))) return undefined;
    return ({ node }) => (node.spec?.taints ?? []).filter((taint) =>
      isSoft(taint) && !pod.spec?.tolerations?.some((toleration) => tolerates(toleration, taint))).length;
  },
};

export const nodePreference: Score = {
  weight: 2,
  scale: 'highest-best',
  of: ({ pod }) => {
    const terms = pod.spec?.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (terms.length === 0) return undefined;
    return ({ node }) => terms.reduce((sum, { weight, preference }) => sum + (matchesTerm(preference, node) ? weight : 0), 0);
  },
};

/** Company that is wished for counts for a node, company that is not counts against it. */
export const podPreference: Score = {
  weight: 2,
  scale: 'highest-best',
  of: ({ pod }, cluster) => {
    const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {};
    const wishes = [
      ...weighted(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution, 1, pod, cluster),
      ...weighted(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution, -1, pod, cluster),
    ];
    if (wishes.length === 0) return undefined;
    return (node) => wishes.reduce((sum, { key, weight, counts }) => sum + weight * (counts.get(domainOf(node, key) ?? '') ?? 0), 0);
  },
};

const weighted = (terms: readonly WeightedPodAffinityTerm[] | undefined, sign: 1 | -1, pod: Pod, cluster: ClusterState) =>
  (terms ?? []).map(({ weight, podAffinityTerm }) => ({
    key: podAffinityTerm.topologyKey, weight: sign * weight, counts: countByDomain(cluster, affinityTest(podAffinityTerm, pod, cluster)),
  }));
