import type { Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { cloneObject } from './clone';
import type { WriteContext } from './context';
import { nameOwnersOnce } from './owners';
import type { Registry } from './registry';
import { manyAttempts, updateEntry, type Updated } from './update';

/** A whole object in the place of the stored one: compare-and-swap when it carries a resourceVersion. */
export function putEntry(registry: Registry, kind: Kind, namespace: string | undefined, name: string, object: Unstructured, context: WriteContext): Promise<Updated> {
  const conditional = Boolean(object.metadata?.resourceVersion);
  const create = kind.strategy.allowCreateOnUpdate === true && !object.metadata?.uid;
  if (object.metadata) nameOwnersOnce(object, context, false);
  return updateEntry(registry, kind, namespace, name, () => cloneObject(object), { part: 'main', create, attempts: conditional ? 1 : manyAttempts }, context);
}
