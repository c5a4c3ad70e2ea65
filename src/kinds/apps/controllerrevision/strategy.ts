import type { FieldError } from '../../../api/errors';
import type { ControllerRevision } from '../../../api/generated/apps.v1';
import { immutable, nameIsDNSSubdomain, nonNegativeField, required, validateObjectMeta } from '../../../api/validation';
import type { Strategy } from '../../kind';

function validate({ metadata, data, revision }: ControllerRevision): FieldError[] {
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...(data === undefined || data === null ? [required('data', 'data is mandatory')] : []),
    ...nonNegativeField('revision', revision),
  ];
}

/** After ValidateControllerRevision and pkg/registry/apps/controllerrevision/strategy.go. */
export const controllerRevisionStrategy: Strategy<ControllerRevision> = {
  validate,
  validateUpdate: (revision, old) => immutable('data', revision.data, old.data),
};
