import type { Unstructured } from '../../../../api/meta';

type Members = Record<string, unknown>;

const namesOf = (jsonPath: string) => jsonPath.split('.').filter(Boolean);
const membersOf = (value: unknown): Members | undefined => (typeof value === 'object' && value !== null ? (value as Members) : undefined);

/** The value at a path of names in dot notation, `.spec.replicas`. */
export const valueAt = (object: object, jsonPath: string): unknown =>
  namesOf(jsonPath).reduce<unknown>((owner, name) => membersOf(owner)?.[name], object);

export function numberAt(object: object, jsonPath: string): number | undefined {
  const value = valueAt(object, jsonPath);
  return typeof value === 'number' ? value : undefined;
}

/** A copy in which the value at the path is another; what is on the way is made where it is missing. */
export const withValueAt = (object: Unstructured, jsonPath: string, value: unknown): Unstructured => put(object, namesOf(jsonPath), value) as Unstructured;

function put(owner: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  return name === undefined ? value : { ...membersOf(owner), [name]: put(membersOf(owner)?.[name], rest, value) };
}
