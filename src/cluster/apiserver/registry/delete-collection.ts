import { isReason } from '../../../api/errors';
import type { DeleteOptions } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import type { WriteContext } from './context';
import { deleteEntry, validateDeleteOptions } from './delete';
import type { List, ListQuery } from './list';
import { readList } from './read';
import type { Registry } from './registry';

/** Deletes what the query lists, and answers with that list. Objects that are gone meanwhile do not matter. */
export async function deleteCollection(registry: Registry, kind: Kind, query: ListQuery, options: DeleteOptions, context: WriteContext): Promise<List> {
  validateDeleteOptions(options);
  const list = await readList(registry, kind, query);
  for (const { object } of list.entries) {
    const { name, namespace } = object.metadata;
    await deleteEntry(registry, kind, namespace, name, options, context).catch((error: unknown) => {
      if (!isReason(error, 'NotFound')) throw error;
    });
  }
  return list;
}
