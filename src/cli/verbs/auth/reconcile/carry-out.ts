import { isReason } from '../../../../api/errors';
import type { KubeObject, Unstructured } from '../../../../api/meta';
import type { Reconciled } from '../../../../api/rbac';
import type { Resource } from '../../../../client/client';
import type { Session } from '../../../session';

const namespaces = { group: '', version: 'v1', plural: 'namespaces', namespaced: false };

/** The object as it is; undefined when there is none. */
export async function stored(session: Session, resource: Resource, { metadata: { name, namespace } }: Unstructured): Promise<Unstructured | undefined> {
  try {
    return await (await session.client()).get<Unstructured>(resource, name!, namespace);
  } catch (error) {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  }
}

/** Resolves to what the server made of it. */
export async function carryOut<T>(session: Session, resource: Resource, { operation, object }: Reconciled<T, unknown>): Promise<T> {
  const target = object as T & KubeObject;
  const client = await session.client();
  if (operation === 'update') return client.update(resource, target);
  const { name, namespace } = target.metadata as { name: string; namespace?: string };
  if (operation === 'recreate') await client.delete(resource, name, namespace).catch(unless('NotFound'));
  else if (resource.namespaced) await ensureNamespace(session, namespace ?? '');
  return client.create(resource, target);
}

async function ensureNamespace(session: Session, name: string): Promise<void> {
  if (!name) throw new Error('resource name may not be empty');
  const client = await session.client();
  const exists = await client.get(namespaces, name).then(() => true, (error: unknown) => {
    if (!isReason(error, 'NotFound', 'Forbidden')) throw error;
    return false;
  });
  if (!exists) await client.create(namespaces, { metadata: { name } } as KubeObject).catch(unless('AlreadyExists', 'Forbidden'));
}

const unless = (...reasons: Parameters<typeof isReason>[1][]) => (error: unknown) => {
  if (!isReason(error, ...reasons)) throw error;
};
