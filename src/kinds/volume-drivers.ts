import type { FieldError } from '../api/errors';
import { invalidEach, isDNS1123Subdomain, required, tooLong, type Path } from '../api/validation';

const nameMax = 63;

/** The name of a CSI driver. After ValidateCSIDriverName. */
export function validateDriverName(name: string | undefined, path: Path): FieldError[] {
  if (!name) return [required(path)];
  return [
    ...(name.length > nameMax ? [tooLong(path, nameMax)] : []),
    ...invalidEach(path, name, isDNS1123Subdomain(name.toLowerCase())),
  ];
}
