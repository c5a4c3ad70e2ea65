import type { FieldError } from '../../api/errors';
import type { TypedLocalObjectReference } from '../../api/generated/core.v1';
import { invalidEach, isDNS1123Subdomain, nameIsPathSegment, required, type Path } from '../../api/validation';

/** After validateIngressTypedLocalObjectReference. */
export function validateTypedReference({ apiGroup, kind, name }: TypedLocalObjectReference, path: Path): FieldError[] {
  return [
    // Null where it was not given.
    ...(typeof apiGroup === 'string' ? invalidEach(`${path}.apiGroup`, apiGroup, isDNS1123Subdomain(apiGroup)) : []),
    ...(kind ? invalidEach(`${path}.kind`, kind, nameIsPathSegment(kind, false)) : [required(`${path}.kind`, 'kind is required')]),
    ...(name ? invalidEach(`${path}.name`, name, nameIsPathSegment(name, false)) : [required(`${path}.name`, 'name is required')]),
  ];
}
