import { notFound } from '../../../api/errors';
import type { Kind } from '../../../kinds/kind';
import type { Entry } from '../../store';
import { objectStorageKey } from './keys';
import type { Registry } from './registry';
import { served } from './served';

/** Throws NotFound. */
export function getEntry(registry: Registry, kind: Kind, namespace: string | undefined, name: string): Entry {
  const stored = registry.store.get(objectStorageKey(kind, namespace, name));
  if (!stored) throw notFound(kind, name);
  return served(kind, stored);
}
