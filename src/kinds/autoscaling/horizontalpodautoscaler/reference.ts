import type { FieldError } from '../../../api/errors';
import type { CrossVersionObjectReference } from '../../../api/generated/autoscaling.v2';
import { invalidEach, nameIsPathSegment, required, type Path } from '../../../api/validation';

export function validateReference({ kind, name }: Partial<CrossVersionObjectReference>, path: Path): FieldError[] {
  const checked = (value: string | undefined, at: Path) => value ? invalidEach(at, value, nameIsPathSegment(value, false)) : [required(at)];
  return [...checked(kind, `${path}.kind`), ...checked(name, `${path}.name`)];
}
