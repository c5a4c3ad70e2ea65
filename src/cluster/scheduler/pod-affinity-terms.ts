import type { Pod, PodAffinityTerm } from '../../api/generated/core.v1';
import type { LabelSelector } from '../../api/meta';
import { labelSelectorMatcher } from '../../api/selectors';
import type { Candidate, ClusterState } from './cluster-state';

/** A term of pod affinity, as seen from the pod that has it. */
export interface AffinityTest {
  readonly topologyKey: string;
  matches(other: Pod): boolean;
}

/** matchLabelKeys and mismatchLabelKeys narrow the selector by the pod's own labels. */
function selectorOf({ labelSelector, matchLabelKeys = [], mismatchLabelKeys = [] }: PodAffinityTerm, own: Record<string, string> = {}): LabelSelector | undefined {
  if (!labelSelector || matchLabelKeys.length + mismatchLabelKeys.length === 0) return labelSelector;
  const of = (keys: readonly string[], operator: string) =>
    keys.filter((key) => key in own).map((key) => ({ key, operator, values: [own[key]!] }));
  return { ...labelSelector, matchExpressions: [...(labelSelector.matchExpressions ?? []), ...of(matchLabelKeys, 'In'), ...of(mismatchLabelKeys, 'NotIn')] };
}

/** Namespaces: those named, those selected, or the pod's own when neither is given. */
export function affinityTest(term: PodAffinityTerm, owner: Pod, cluster: ClusterState): AffinityTest {
  const selects = labelSelectorMatcher(selectorOf(term, owner.metadata.labels));
  const { namespaces = [], namespaceSelector } = term;
  const named = namespaces.length === 0 && !namespaceSelector ? [owner.metadata.namespace ?? ''] : namespaces;
  const inNamespace = (namespace: string) => named.includes(namespace) || (namespaceSelector !== undefined && cluster.namespaceMatches(namespaceSelector, namespace));
  return { topologyKey: term.topologyKey, matches: ({ metadata }) => inNamespace(metadata.namespace ?? '') && selects(metadata.labels) };
}

export const domainOf = (node: Candidate, topologyKey: string): string | undefined => node.node.metadata.labels?.[topologyKey];

/** How many pods on nodes pass the test, by topology domain. */
export function countByDomain(cluster: ClusterState, { topologyKey, matches }: AffinityTest): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of cluster.candidates()) {
    const domain = domainOf(node, topologyKey);
    if (domain === undefined) continue;
    for (const { pod } of node.pods.values()) {
      if (matches(pod) && !pod.metadata.deletionTimestamp) counts.set(domain, (counts.get(domain) ?? 0) + 1);
    }
  }
  return counts;
}
