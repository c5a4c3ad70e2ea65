import type { ManagedFieldsEntry } from '../generated/meta.v1';
import { entryId, managedEntry, sortedEntries, storedManagers, withSet, type ManagedEntry, type Managers } from './entries';
import { difference, fieldsOf, hasPath, isEmpty } from './field-set';
import { fieldElement } from './path-element';

/*
 * The scale subresource shows one field of the object as its spec.replicas. `path` is where the object has it.
 * Source: ScaleHandler in k8s.io/apimachinery/pkg/util/managedfields.
 */

const scaleVersion = 'autoscaling/v1';
const ofScale = ['spec', 'replicas'];
const elements = (path: readonly string[]) => path.map(fieldElement);

/** Those who manage the replicas of the object, as managers of its Scale. */
export function scaleManagers(parent: readonly ManagedFieldsEntry[] | undefined, path: readonly string[] = ofScale): ManagedEntry[] {
  const managers = new Map<string, ManagedEntry>();
  for (const [id, entry] of storedManagers(parent)) {
    if (hasPath(entry.fieldsV1, elements(path))) managers.set(id, managedEntry({ ...entry, apiVersion: scaleVersion }, fieldsOf(ofScale), entry.time));
  }
  return [...managers.values()];
}

/** The managers of the object after a write of its Scale. A new one has no time, as upstream. `apiVersion`: the object's. */
export function parentManagers(
  parent: readonly ManagedFieldsEntry[] | undefined, scale: readonly ManagedFieldsEntry[] | undefined, apiVersion: string, path: readonly string[] = ofScale,
): ManagedEntry[] {
  const replicas = fieldsOf(path);
  const inParent = ({ operation, manager, subresource }: ManagedEntry) => entryId({ operation, manager, subresource, apiVersion });
  const left = new Map([...storedManagers(scale).values()].map((entry) => [inParent(entry), entry]));
  const next = new Map<string, ManagedEntry>();
  for (const [id, entry] of storedManagers(parent)) {
    const stays = !hasPath(entry.fieldsV1, elements(path)) || left.delete(inParent(entry));
    const set = stays ? entry.fieldsV1 : difference(entry.fieldsV1, replicas);
    if (!isEmpty(set)) next.set(id, withSet(entry, set));
  }
  for (const [id, entry] of left) {
    if (hasPath(entry.fieldsV1, elements(ofScale))) next.set(id, managedEntry({ ...entry, apiVersion }, replicas, undefined));
  }
  return sortedEntries(next as Managers);
}
