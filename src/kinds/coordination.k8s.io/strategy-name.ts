import type { FieldError } from '../../api/errors';
import { invalidEach, isQualifiedName, notSupported, type Path } from '../../api/validation';

/** By which a holder of a lease is chosen. */
export const oldestEmulationVersion = 'OldestEmulationVersion';

/** One of Kubernetes' own, or one in a domain. Upstream names the field twice. After ValidateCoordinatedLeaseStrategy. */
export function validateStrategyName(name: string, path: Path): FieldError[] {
  const at = `${path}.strategy`;
  if (name.includes('/')) return invalidEach(at, name, isQualifiedName(name));
  return name === oldestEmulationVersion ? [] : [notSupported(at, name, [oldestEmulationVersion])];
}
