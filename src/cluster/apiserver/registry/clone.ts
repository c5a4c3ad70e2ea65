import type { KubeObject } from '../../../api/meta';

/** A shallow copy without some of its members. */
export function without<T extends object, K extends keyof T>(object: T, ...keys: K[]): Omit<T, K> {
  const copy = { ...object };
  for (const key of keys) delete copy[key];
  return copy;
}

/** A deep copy but for metadata.managedFields, which is long, and nobody changes in place. */
export function cloneObject<T extends KubeObject>(object: T): T {
  const { managedFields } = object.metadata ?? {};
  if (!managedFields) return cloneJson(object);
  const copy: T = cloneJson({ ...object, metadata: { ...object.metadata, managedFields: undefined } });
  copy.metadata.managedFields = managedFields;
  return copy;
}

/** A deep copy of a JSON value. Members that are undefined are left out. */
export function cloneJson<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(cloneJson) as T;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) copy[key] = cloneJson(member);
  }
  return copy as T;
}
