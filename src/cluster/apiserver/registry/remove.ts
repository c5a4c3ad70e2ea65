import type { Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { isStoreError, type Entry } from '../../store';
import { hooksOf, type Registry } from './registry';
import { atRevision } from './served';

/** Takes the object out of the store; `last` is what watchers see. Both in stored form. */
export async function removeEntry(registry: Registry, kind: Kind, current: Entry, last: Unstructured): Promise<Entry | 'raced'> {
  try {
    const entry = await registry.store.delete(current.key, current.revision, (revision) => atRevision(last, revision));
    hooksOf(registry, kind).written?.(registry, undefined, current.object);
    return entry;
  } catch (error) {
    if (isStoreError(error, 'RevisionMismatch', 'KeyNotFound')) return 'raced';
    throw error;
  }
}
