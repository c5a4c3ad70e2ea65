import type { Pod, TopologySpreadConstraint } from '../../api/generated/core.v1';
import { labelSelectorMatcher, labelSetMatcher } from '../../api/selectors';
import { untoleratedTaint } from '../../kinds/taints';
import type { Candidate, ClusterState } from './cluster-state';
import { matchesNodeSelector } from '../../kinds/node-selector';
import { domainOf } from './pod-affinity-terms';

/** A constraint, and how many matching pods each domain that counts has. */
export interface Spread {
  readonly constraint: TopologySpreadConstraint;
  /** 1 when the pod itself will count. */
  readonly self: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** After k8s.io/kubernetes/pkg/scheduler/framework/plugins/podtopologyspread. */
export function spreads(pod: Pod, cluster: ClusterState, whenUnsatisfiable: TopologySpreadConstraint['whenUnsatisfiable']): Spread[] {
  return (pod.spec?.topologySpreadConstraints ?? [])
    .filter((constraint) => constraint.whenUnsatisfiable === whenUnsatisfiable)
    .map((constraint) => spread(pod, constraint, cluster));
}

function spread(pod: Pod, constraint: TopologySpreadConstraint, cluster: ClusterState): Spread {
  const matches = matcher(pod, constraint);
  const counts = new Map<string, number>();
  for (const node of cluster.candidates()) {
    const domain = domainOf(node, constraint.topologyKey);
    if (domain === undefined || !isCounted(pod, constraint, node)) continue;
    let count = counts.get(domain) ?? 0;
    for (const { pod: other } of node.pods.values()) if (matches(other)) count += 1;
    counts.set(domain, count);
  }
  return { constraint, self: matches(pod) ? 1 : 0, counts };
}

function matcher(pod: Pod, { labelSelector, matchLabelKeys = [] }: TopologySpreadConstraint): (other: Pod) => boolean {
  const selects = labelSelectorMatcher(labelSelector);
  const own = pod.metadata.labels ?? {};
  const same = labelSetMatcher(Object.fromEntries(matchLabelKeys.filter((key) => key in own).map((key) => [key, own[key]!])));
  return ({ metadata }) => metadata.namespace === pod.metadata.namespace && !metadata.deletionTimestamp
    && selects(metadata.labels) && same(metadata.labels);
}

/** Nodes that the pod could not go to do not count, by default; taints are only looked at on request. */
function isCounted({ spec }: Pod, { nodeAffinityPolicy, nodeTaintsPolicy }: TopologySpreadConstraint, { node }: Candidate): boolean {
  const required = spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  const reachable = labelSetMatcher(spec?.nodeSelector)(node.metadata.labels) && (!required || matchesNodeSelector(required, node));
  if (nodeAffinityPolicy !== 'Ignore' && !reachable) return false;
  return nodeTaintsPolicy !== 'Honor' || !untoleratedTaint(node.spec?.taints, spec?.tolerations, ['NoSchedule', 'NoExecute']);
}
