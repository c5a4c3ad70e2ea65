import type { FieldError } from '../../../api/errors';
import type { PodDisruptionBudget, PodDisruptionBudgetSpec } from '../../../api/generated/policy.v1';
import { invalidValue, notSupported, ShownAs, validateLabelSelector } from '../../../api/validation';
import { validateAtMost100Percent, validateIntOrPercent } from '../../int-or-percent';
import type { Strategy } from '../../kind';
import { validateCounts } from '../../pods/validation/counts';

const evictionPolicies = ['AlwaysAllow', 'IfHealthyBudget'];
const amounts = ['minAvailable', 'maxUnavailable'] as const;

function validateSpec(spec: PodDisruptionBudgetSpec): FieldError[] {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy } = spec;
  const both = minAvailable !== undefined && maxUnavailable !== undefined;
  return [
    ...(both ? [invalidValue('spec', new ShownAs(JSON.stringify(spec)), 'minAvailable and maxUnavailable cannot be both set')] : []),
    ...amounts.flatMap((field) => {
      const value = spec[field];
      return value === undefined ? [] : [...validateIntOrPercent(value, `spec.${field}`), ...validateAtMost100Percent(value, `spec.${field}`)];
    }),
    ...validateLabelSelector(spec.selector, 'spec.selector'),
    ...(policy === undefined || evictionPolicies.includes(policy) ? [] : [notSupported('spec.unhealthyPodEvictionPolicy', policy, evictionPolicies)]),
  ];
}

const counts = ['disruptionsAllowed', 'currentHealthy', 'desiredHealthy', 'expectedPods'];

/** After ValidatePodDisruptionBudget, which leaves the name to the server, and pkg/registry/policy/poddisruptionbudget/strategy.go. */
export const podDisruptionBudgetStrategy: Strategy<PodDisruptionBudget> = {
  prepareForCreate(budget) {
    budget.status = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };
  },
  validate: ({ spec }) => validateSpec(spec ?? {}),
  validateStatusUpdate: ({ status }) => validateCounts({ ...status }, { counts, ordered: [] }),
  allowUnconditionalUpdate: false,
};
