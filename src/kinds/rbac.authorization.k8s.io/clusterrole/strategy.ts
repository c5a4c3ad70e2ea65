import type { FieldError } from '../../../api/errors';
import type { ClusterRole } from '../../../api/generated/rbac.v1';
import { nameIsPathSegment, required, validateLabelSelector, validateObjectMeta } from '../../../api/validation';
import type { Strategy } from '../../kind';
import { each } from '../../validating';
import { validateRules } from '../rules';

function validateAggregation({ aggregationRule }: ClusterRole): FieldError[] {
  if (!aggregationRule) return [];
  const path = 'aggregationRule.clusterRoleSelectors';
  const selectors = aggregationRule.clusterRoleSelectors ?? [];
  return [
    ...(selectors.length > 0 ? [] : [required(path, 'at least one clusterRoleSelector required if aggregationRule is non-nil')]),
    ...each(selectors, path, validateLabelSelector),
  ];
}

/** After ValidateClusterRole and pkg/registry/rbac/clusterrole/strategy.go. */
export const clusterRoleStrategy: Strategy<ClusterRole> = {
  validate: (clusterRole) => [
    ...validateObjectMeta(clusterRole.metadata, false, nameIsPathSegment),
    ...validateRules(clusterRole.rules, false, 'rules'),
    ...validateAggregation(clusterRole),
  ],
  allowCreateOnUpdate: true,
};
