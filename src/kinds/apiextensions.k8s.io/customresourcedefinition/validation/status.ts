import type { FieldError } from '../../../../api/errors';
import type { CustomResourceDefinition, CustomResourceDefinitionVersion } from '../../../../api/generated/apiextensions.v1';
import { invalidValue } from '../../../../api/validation';
import { nameErrors } from './names';

export const validateStatus = ({ status }: CustomResourceDefinition): FieldError[] =>
  (status?.acceptedNames ? nameErrors(status.acceptedNames, 'status.acceptedNames') : []);

/** Source: ValidateCustomResourceDefinitionStoredVersions. */
export function storedVersionErrors(stored: readonly string[], versions: readonly CustomResourceDefinitionVersion[], path: string): FieldError[] {
  // Without a storage version there is another error, which says more.
  if (!stored.length) return versions.some(({ storage }) => storage) ? [invalidValue(path, stored, 'must have at least one stored version')] : [];
  return [
    ...versions.filter(({ name, storage }) => storage && !stored.includes(name)).map(({ name }) => invalidValue(path, stored, `must have the storage version ${name}`)),
    ...stored.flatMap((name, at) => (versions.some((version) => version.name === name) ? [] : [invalidValue(`${path}[${at}]`, name, 'must appear in spec.versions')])),
  ];
}
