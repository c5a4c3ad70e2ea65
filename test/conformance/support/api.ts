import { groupVersion, type DeleteOptions, type KubeList, type KubeObject, type Status } from '../../../src/api/meta';
import type { ListOptions, PatchType, WriteOptions } from '../../../src/client/client';
import { listQuery, resourcePath, type RestClient } from '../../../src/client/http';
import type { Typed } from './resources';
import { openWatch, type Watch, type Watching } from './watching';

type Meta = KubeObject['metadata'];
type Selection = Omit<ListOptions, 'namespace' | 'signal'>;

/** An object to be made: apiVersion, kind and namespace are filled in. */
export type Draft<T extends KubeObject> = Partial<Omit<T, 'metadata' | 'apiVersion' | 'kind'>> & { metadata: Omit<Meta, 'name'> & { name?: string } };

/** One resource in one namespace (cluster-wide resources: in none). Methods reject with an ApiError. */
export interface Api<T extends KubeObject> {
  readonly namespace: string | undefined;
  create(object: Draft<T>, options?: WriteOptions): Promise<T>;
  get(name: string, subresource?: string): Promise<T>;
  list(options?: Selection): Promise<KubeList<T>>;
  update(object: T, options?: WriteOptions): Promise<T>;
  patch(name: string, type: PatchType, patch: unknown, options?: WriteOptions & { force?: boolean }): Promise<T>;
  delete(name: string, options?: DeleteOptions): Promise<void>;
  deleteCollection(options?: Selection, deletion?: DeleteOptions): Promise<void>;
  /** Resolves once the server has answered: what happens from then on is seen. Ends with the row. */
  watch(options?: Watch): Promise<Watching<T>>;
  /** Reads the object, changes it and writes it or its subresource; again when another writer was faster. */
  change(name: string, change: (object: T) => void, options?: WriteOptions): Promise<T>;
  /** Undefined once it is gone. */
  find(name: string): Promise<T | undefined>;
}

export function apiOf<T extends KubeObject>(client: RestClient, resource: Typed<T>, namespace: string | undefined, signal: AbortSignal): Api<T> {
  const apiVersion = groupVersion(resource);
  const place = resource.namespaced && namespace ? { namespace } : {};
  const get = (name: string, subresource?: string) => client.get<T>(resource, name, namespace, { ...(subresource && { subresource }) });
  const update = (object: T, options?: WriteOptions) => client.update<T>(resource, { apiVersion, kind: resource.kind, ...object }, options);
  return {
    namespace: resource.namespaced ? namespace : undefined,
    create: (object, options) =>
      client.create<T>(resource, { apiVersion, kind: resource.kind, ...object, metadata: { ...place, ...object.metadata } } as unknown as T, options),
    get,
    list: (options) => client.list<T>(resource, { ...place, ...options }),
    update,
    patch: (name, type, patch, options) => client.patch<T>(resource, name, namespace, type, patch, options),
    delete: (name, options) => client.delete(resource, name, namespace, options),
    async deleteCollection(options = {}, deletion = {}) {
      await client.request({
        method: 'DELETE', path: resourcePath(resource, namespace), query: listQuery(options),
        body: { apiVersion: 'v1', kind: 'DeleteOptions', ...deletion },
      });
    },
    watch: (options = {}) => openWatch(client, resource, namespace, options, signal),
    async change(name, change, options) {
      for (;;) {
        const object = await get(name);
        change(object);
        try {
          return await update(object, options);
        } catch (error) {
          if ((error as { reason?: string }).reason !== 'Conflict') throw error;
        }
      }
    },
    find: (name) => get(name).catch((error: { reason?: string }) => {
      if (error.reason !== 'NotFound') throw error;
      return undefined;
    }),
  };
}

/** The Status that a request is refused with; throws when it is not refused. */
export async function refusal(request: Promise<unknown>): Promise<Status> {
  try {
    await request;
  } catch (error) {
    const { status } = error as { status?: Status };
    if (status) return status;
    throw error;
  }
  throw new Error('it was not refused');
}
