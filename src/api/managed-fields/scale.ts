import type { ManagedFieldsEntry } from '../generated/meta.v1';
import { entryId, managedEntry, sortedEntries, storedManagers, withSet, type ManagedEntry, type Managers } from './entries';
import { difference, fieldsOf, hasPath, isEmpty } from './field-set';

/*
 * The scale subresource shows one field of the object, spec.replicas in both. Source: ScaleHandler in
 * k8s.io/apimachinery/pkg/util/managedfields.
 */

const scaleVersion = 'autoscaling/v1';
const replicasPath = ['f:spec', 'f:replicas'];
const replicas = fieldsOf(['spec', 'replicas']);

/** Those who manage the replicas of the object, as managers of its Scale. */
export function scaleManagers(parent: readonly ManagedFieldsEntry[] | undefined): ManagedEntry[] {
  const managers = new Map<string, ManagedEntry>();
  for (const [id, entry] of storedManagers(parent)) {
    if (hasPath(entry.fieldsV1, replicasPath)) managers.set(id, managedEntry({ ...entry, apiVersion: scaleVersion }, replicas, entry.time));
  }
  return [...managers.values()];
}

/** The managers of the object after a write of its Scale. A new one has no time, as upstream. `apiVersion`: the object's. */
export function parentManagers(parent: readonly ManagedFieldsEntry[] | undefined, scale: readonly ManagedFieldsEntry[] | undefined, apiVersion: string): ManagedEntry[] {
  const inParent = ({ operation, manager, subresource }: ManagedEntry) => entryId({ operation, manager, subresource, apiVersion });
  const left = new Map([...storedManagers(scale).values()].map((entry) => [inParent(entry), entry]));
  const next = new Map<string, ManagedEntry>();
  for (const [id, entry] of storedManagers(parent)) {
    const stays = !hasPath(entry.fieldsV1, replicasPath) || left.delete(inParent(entry));
    const set = stays ? entry.fieldsV1 : difference(entry.fieldsV1, replicas);
    if (!isEmpty(set)) next.set(id, withSet(entry, set));
  }
  for (const [id, entry] of left) {
    if (hasPath(entry.fieldsV1, replicasPath)) next.set(id, managedEntry({ ...entry, apiVersion }, replicas, undefined));
  }
  return sortedEntries(next as Managers);
}
