import type { FieldError } from '../../../api/errors';
import { invalidValue, type Path } from '../../../api/validation';

export const isAbsolute = (target: string) => target.startsWith('/');

export const validateNoBacksteps = (target: string, path: Path): FieldError[] =>
  target.split('/').includes('..') ? [invalidValue(path, target, "must not contain '..'")] : [];

/** Relative, and never above where it starts. */
export const validateDescending = (target: string, path: Path): FieldError[] => [
  ...(isAbsolute(target) ? [invalidValue(path, target, 'must be a relative path')] : []),
  ...validateNoBacksteps(target, path),
];

/** Descending, and not one of the names beginning with `..` that atomic updates of volumes use. */
export const validateNonReserved = (target: string, path: Path): FieldError[] => [
  ...validateDescending(target, path),
  ...(target.startsWith('..') && !target.startsWith('../') && target !== '..' ? [invalidValue(path, target, "must not start with '..'")] : []),
];

export const validateMode = (mode: number | undefined, path: Path): FieldError[] =>
  mode !== undefined && (mode < 0 || mode > 0o777) ? [invalidValue(path, mode, 'must be a number between 0 and 0777 (octal), both inclusive')] : [];
