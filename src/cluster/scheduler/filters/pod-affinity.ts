import type { Pod } from '../../../api/generated/core.v1';
import type { Candidate, ClusterState } from '../cluster-state';
import { affinityTest, countByDomain, domainOf, type AffinityTest } from '../pod-affinity-terms';
import { rejected, type Filter } from '../plugins';

/** After k8s.io/kubernetes/pkg/scheduler/framework/plugins/interpodaffinity. */
export const interPodAffinity: Filter = ({ pod }, cluster) => {
  const { podAffinity, podAntiAffinity } = pod.spec?.affinity ?? {};
  const attracting = (podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => affinityTest(term, pod, cluster));
  const repelling = (podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []).map((term) => affinityTest(term, pod, cluster));
  const repelled = domainsThatRepel(pod, cluster);
  if (attracting.length + repelling.length + repelled.size === 0) return undefined;

  const near = attractions(pod, attracting, cluster);
  const far = repelling.map((test) => ({ test, counts: countByDomain(cluster, test) }));
  return (node) => {
    if (!near(node)) return rejected(false, "node(s) didn't match pod affinity rules");
    if (far.some(({ test, counts }) => (counts.get(domainOf(node, test.topologyKey) ?? '') ?? 0) > 0)) {
      return rejected(true, "node(s) didn't match pod anti-affinity rules");
    }
    const refused = [...repelled].some((entry) => isIn(node, entry));
    return refused ? rejected(true, "node(s) didn't satisfy existing pods anti-affinity rules") : undefined;
  };
};

/** Topology domains, as JSON of key and value, where a pod does not want this one near. */
function domainsThatRepel(pod: Pod, cluster: ClusterState): Set<string> {
  const domains = new Set<string>();
  for (const node of cluster.repelling()) {
    for (const { pod: other } of node.repelling.values()) {
      for (const term of other.spec?.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []) {
        const domain = domainOf(node, term.topologyKey);
        if (domain !== undefined && affinityTest(term, other, cluster).matches(pod)) domains.add(JSON.stringify([term.topologyKey, domain]));
      }
    }
  }
  return domains;
}

function isIn(node: Candidate, entry: string): boolean {
  const [key, domain] = JSON.parse(entry) as [string, string];
  return domainOf(node, key) === domain;
}

/** The first pod of a group that wants its own company may go anywhere that has the topology. */
function attractions(pod: Pod, tests: readonly AffinityTest[], cluster: ClusterState): (node: Candidate) => boolean {
  const matchesAll = { matches: (other: Pod) => tests.every((test) => test.matches(other)) };
  const counted = tests.map((test) => ({ test, counts: countByDomain(cluster, { ...test, ...matchesAll }) }));
  const first = counted.every(({ counts }) => counts.size === 0) && matchesAll.matches(pod);
  return (node) => counted.every(({ test, counts }) => {
    const domain = domainOf(node, test.topologyKey);
    return domain !== undefined && (first || (counts.get(domain) ?? 0) > 0);
  });
}
