import type { KubeObject } from '../../api/meta';

/**
 * The object as Go prints the type `key` (`io.k8s.api.core.v1.Pod`): fields in the order of its struct, empty ones
 * that Go does not omit. Rejects with BadRequest where Go cannot decode it.
 */
export async function inGoOrder<T extends KubeObject>(object: T, key: string): Promise<T> {
  const { normalise } = await import('../../api/decode');
  return normalise(object, key) as unknown as T;
}
