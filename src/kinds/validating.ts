import type { FieldError } from '../api/errors';
import { quote } from '../api/go/quote';
import { duplicate, forbiddenField, index, invalidEach, notSupported, required, ShownAs, type Path, type Rule } from '../api/validation';

/** Tells what is wrong with the value at a path. */
export type Check<T> = (value: T, path: Path) => FieldError[];

/** Checks every element under its own path. */
export function each<T>(list: readonly T[] | undefined, path: Path, check: Check<T>): FieldError[] {
  return (list ?? []).flatMap((value, i) => check(value, index(path, i)));
}

export function optional<T>(value: T | undefined, path: Path, check: Check<T>): FieldError[] {
  return value === undefined ? [] : check(value, path);
}

/** A string that must be there and follow a rule. */
export function requiredBy(rule: Rule, value: string | undefined, path: Path): FieldError[] {
  return value ? invalidEach(path, value, rule(value)) : [required(path)];
}

export const present = (value: unknown, path: Path): FieldError[] => value ? [] : [required(path)];

/** A string that must be one of a few. */
export function oneOf(value: string | undefined, supported: readonly string[], path: Path): FieldError[] {
  if (!value) return [required(path)];
  return supported.includes(value) ? [] : [notSupported(path, value, supported)];
}

/** Every value that was there before, by its position. Empty ones do not count. */
export function duplicates(values: readonly (string | number | undefined)[], pathOf: (position: number) => Path): FieldError[] {
  const seen = new Set<string | number>();
  return values.flatMap((value, i) => {
    if (!value) return [];
    if (seen.has(value)) return [duplicate(pathOf(i), value)];
    seen.add(value);
    return [];
  });
}

/** Of a union's members at most one may be set; the first one set is the one that is checked. */
export function checkUnion<T extends object>(
  value: T, members: { [Member in keyof T]?: Check<NonNullable<T[Member]>> }, path: Path, tooMany: string,
): { errors: FieldError[]; count: number } {
  const given = (Object.keys(value) as (keyof T & string)[]).filter((member) => member in members && value[member] !== undefined && value[member] !== null);
  const set = given.length > 1 ? (Object.keys(members) as typeof given).filter((member) => given.includes(member)) : given;
  const errors = set.flatMap((member, position) => {
    const memberPath = `${path}.${member}`;
    return position === 0 ? (members[member] as Check<unknown>)(value[member], memberPath) : [forbiddenField(memberPath, tooMany)];
  });
  return { errors, count: set.length };
}

/** A map of strings in Go's `%#v`. */
export function shownMap(map: Record<string, string> | undefined): ShownAs {
  const entries = Object.keys(map ?? {}).sort().map((name) => `${quote(name)}:${quote(map![name]!)}`);
  return new ShownAs(map ? `map[string]string{${entries.join(', ')}}` : 'map[string]string(nil)');
}
