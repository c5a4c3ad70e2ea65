import type { FieldError } from '../../../api/errors';
import type { Lease } from '../../../api/generated/coordination.v1';
import { forbiddenField, invalidValue, nameIsDNSSubdomain, nonNegativeField, validateObjectMeta } from '../../../api/validation';
import { optional } from '../../validating';
import { validateStrategyName } from '../strategy-name';

/** After pkg/apis/coordination/validation. A holder without a name is one that let go. */
export function validateLease({ metadata, spec = {} }: Lease): FieldError[] {
  const { leaseDurationSeconds: seconds, leaseTransitions, strategy, preferredHolder } = spec;
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...(seconds !== undefined && seconds <= 0 ? [invalidValue('spec.leaseDurationSeconds', seconds, 'must be greater than 0')] : []),
    ...nonNegativeField('spec.leaseTransitions', leaseTransitions),
    ...optional(strategy, 'spec.strategy', validateStrategyName),
    ...(preferredHolder && !strategy ? [forbiddenField('spec.preferredHolder', 'may only be specified if `strategy` is defined')] : []),
  ];
}
