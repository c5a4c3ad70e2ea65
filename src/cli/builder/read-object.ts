import { isReason } from '../../api/errors';
import type { Unstructured } from '../../api/meta';
import { resourcePath } from '../../client/http/paths';
import type { Session } from '../session';
import type { Info, ResourceRequest } from './info';

const namespaces = { group: '', version: 'v1', plural: 'namespaces', namespaced: false };

/** One object as the server has it. Where there is none, a namespace that is missing is the better reason. After Info.Get in cli-runtime. */
export async function readObject(session: Session, { accept, query, subresource }: ResourceRequest, { resource, namespace, name }: Pick<Info, 'resource' | 'namespace' | 'name'>): Promise<Unstructured> {
  const client = await session.client();
  try {
    return await client.request<Unstructured>({
      path: resourcePath(resource, namespace, name, subresource), ...(accept && { accept }), ...(query && { query }),
    });
  } catch (error) {
    if (!isReason(error, 'NotFound') || !namespace || namespace === 'default') throw error;
    await client.get(namespaces, namespace).catch((missing: unknown) => {
      if (isReason(missing, 'NotFound')) throw missing;
    });
    throw error;
  }
}
