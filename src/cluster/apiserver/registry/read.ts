import { notFound } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { Entry } from '../../store';
import { convertAhead, converting } from './conversion';
import { getEntry } from './get';
import { keyPrefix } from './keys';
import { listEntries, type List, type ListQuery } from './list';
import { hooksOf, type Registry } from './registry';
import { selection } from './selection';
import { typed } from './served';

/** From the store, or computed where the kind is. Throws NotFound. */
export async function readEntry(registry: Registry, kind: Kind, namespace: string | undefined, name: string): Promise<Entry> {
  const { computed } = hooksOf(registry, kind);
  if (!computed) return converting(kind, () => getEntry(registry, kind, namespace, name));
  const objects = await computed(registry, namespace, name);
  const found = objects.find(({ metadata }) => metadata.name === name);
  if (!found) throw notFound(kind, name);
  return computedEntry(kind, found);
}

/** From the store, or computed where the kind is: then a list is whole, and of no revision. Throws what `listEntries` throws. */
export async function readList(registry: Registry, kind: Kind, query: ListQuery): Promise<List> {
  const { computed } = hooksOf(registry, kind);
  if (!computed) return readStored(registry, kind, query);
  const matches = selection(kind, query);
  const objects = await computed(registry, query.namespace);
  return { entries: objects.filter((object) => !matches || matches(object)).map((object) => computedEntry(kind, object)), metadata: {} };
}

async function readStored(registry: Registry, kind: Kind, query: ListQuery): Promise<List> {
  // All at once, for labels and fields are those of the form that is asked for; what comes meanwhile follows.
  if (kind.conversion?.ask) await convertAhead(kind, registry.store.list(keyPrefix(kind, query.namespace)).entries);
  return converting(kind, () => listEntries(registry, kind, query));
}

const computedEntry = (kind: Kind, object: Unstructured) => Entry.ofObject('', 0, typed(kind, object));
