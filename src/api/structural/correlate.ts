import { deepEqual } from '../equal';
import { isMembers, type Schema } from './schema';

/** The earlier state of an item of a list, where items have keys to tell them apart. */
export function correlatedItem(schema: Schema, old: unknown): (item: unknown) => unknown {
  const keys = schema['x-kubernetes-list-map-keys'];
  if (schema['x-kubernetes-list-type'] !== 'map' || !keys || !Array.isArray(old)) return () => undefined;
  return (item) => (isMembers(item) ? old.find((one) => isMembers(one) && keys.every((key) => deepEqual(one[key], item[key]))) as unknown : undefined);
}
