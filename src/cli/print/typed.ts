import { schemaKeyOf } from '../../api/schema/keys';
import type { KubeObject } from '../../api/meta';
import { inGoOrder } from './go-order';

/** The object as kubectl holds one that it decoded into a Go struct; kinds that are not built in stay as they are. */
export async function asTyped<T extends KubeObject>(object: T): Promise<T> {
  const key = schemaKeyOf(object.apiVersion ?? '', object.kind ?? '');
  return key ? inGoOrder(object, key) : object;
}
