import { deepEqual } from '../../../api/equal';
import type { ClusterRole, PolicyRule } from '../../../api/generated/rbac.v1';
import { labelSelectorMatcher } from '../../../api/selectors';
import { nothingToDo, update, type Plan } from '../../actions';
import { reconciler, watch, type Observed } from '../../reconciler';
import { clusterRoles } from '../../resources';

/**
 * Roles with an aggregationRule have the rules of all roles that it selects.
 * After k8s.io/kubernetes/pkg/controller/clusterroleaggregation.
 */
export const clusterRoleAggregationController = reconciler<ClusterRole>({
  name: 'clusterrole-aggregation-controller',
  resource: clusterRoles,
  watches: [watch<ClusterRole>({
    resource: clusterRoles,
    keys: (_role, observed) => observed.list(clusterRoles).filter(({ aggregationRule }) => aggregationRule).map(({ metadata }) => metadata.name),
    concerns: (role, old) => !deepEqual([role.rules, role.metadata.labels], [old.rules, old.metadata.labels]),
  })],
  reconcile: reconcileAggregation,
});

export function reconcileAggregation(role: ClusterRole, observed: Observed): Plan {
  if (!role.aggregationRule) return nothingToDo;
  const rules = aggregated(role, observed.list(clusterRoles));
  return deepEqual(rules, role.rules ?? []) ? nothingToDo : { actions: [update(clusterRoles, { ...role, rules })] };
}

/** In the order of the selectors, then of the names; each rule once. */
function aggregated({ metadata: { name }, aggregationRule }: ClusterRole, all: readonly ClusterRole[]): PolicyRule[] {
  const others = all.filter(({ metadata }) => metadata.name !== name).sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));
  const selected = (aggregationRule?.clusterRoleSelectors ?? []).map(labelSelectorMatcher)
    .flatMap((matches) => others.filter(({ metadata }) => matches(metadata.labels)));
  const rules = new Map(selected.flatMap((role) => role.rules ?? []).map((rule) => [JSON.stringify(rule), rule]));
  return [...rules.values()];
}
