import type { FieldError } from '../../../api/errors';
import type { Lease } from '../../../api/generated/coordination.v1';
import { invalidValue, nameIsDNSSubdomain, nonNegativeField, required, validateObjectMeta } from '../../../api/validation';

/** After pkg/apis/coordination/validation. */
export function validateLease({ metadata, spec = {} }: Lease): FieldError[] {
  const { leaseDurationSeconds: seconds, leaseTransitions, holderIdentity, strategy, preferredHolder } = spec;
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...(seconds !== undefined && seconds <= 0 ? [invalidValue('spec.leaseDurationSeconds', seconds, 'must be greater than 0')] : []),
    ...nonNegativeField('spec.leaseTransitions', leaseTransitions),
    ...(holderIdentity === '' ? [required('spec.holderIdentity', 'must not be empty')] : []),
    ...(preferredHolder && !strategy ? [required('spec.strategy', 'must be specified when `preferredHolder` is specified')] : []),
  ];
}
