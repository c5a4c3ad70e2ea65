import { methodNotAllowed, notFound, type ApiError } from '../../api/errors';
import type { DeleteOptions, KubeList, KubeObject } from '../../api/meta';
import { inSlices } from '../../api/slices';
import type { Client, ListOptions, PatchType, Resource, WatchEvent, WatchOptions, WriteOptions } from '../../client/client';
import type { Kind } from '../../kinds/kind';
import type { UserInfo } from '../apiserver/authn/user';
import * as verbs from '../apiserver/registry';
import { without } from '../apiserver/registry/clone';
import type { Registry, WriteContext } from '../apiserver/registry';
import type { SubresourceHandler } from '../apiserver/registry/subresources';
import { watchQueue } from './watch-queue';

/**
 * The Client contract straight on the registry: no HTTP, no copies on reads. Objects that it hands out are shared
 * with the store and all other readers; objects that it is given are copied. All timing is the registry's clock's.
 * `manager`: the manager of fields that writes name none for, as the User-Agent is over HTTP.
 */
export function inProcessClient(registry: Registry, user: UserInfo, manager = 'kube-apiserver'): Client {
  const context = (options: WriteOptions = {}): WriteContext =>
    ({ user, dryRun: options.dryRun ?? false, warn: () => undefined, fieldManager: options.fieldManager || manager, ...(options.fieldValidation && { fieldValidation: options.fieldValidation }) });
  const kindOf = (resource: Resource): Kind => {
    const kind = registry.kinds.find({ ...resource, resource: resource.plural });
    if (!kind) throw noSuchResource();
    return kind;
  };
  /** A loop changes some part of what it was given, and hands the rest back as it was. */
  const changed = (kind: Kind, object: KubeObject, subresource?: string) =>
    verbs.decodedChange(kind, object, registry.store.get(verbs.objectStorageKey(kind, object.metadata.namespace, object.metadata.name))?.object, subresource === 'status');
  const as = <T>(object: KubeObject) => object as unknown as T;

  return {
    async get<T extends KubeObject>(resource: Resource, name: string, namespace?: string, options: { subresource?: string } = {}) {
      const kind = kindOf(resource);
      if (!options.subresource) return as<T>((await verbs.readEntry(registry, kind, namespace, name)).object);
      const { get } = handlerOf(kind, options.subresource);
      if (!get) throw methodNotAllowed();
      return as<T>((await get({ registry, kind, namespace, name })).object);
    },

    async list<T extends KubeObject>(resource: Resource, options: ListOptions = {}): Promise<KubeList<T>> {
      const kind = kindOf(resource);
      const { entries, metadata } = await verbs.readList(registry, kind, without(options, 'signal'));
      const items = await inSlices(entries, ({ object }) => {
        options.signal?.throwIfAborted();
        return as<T>(object);
      });
      return { apiVersion: versionOf(kind), kind: `${kind.kind}List`, metadata, items };
    },

    async create<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions & { name?: string } = {}) {
      const kind = kindOf(resource);
      const { namespace } = object.metadata;
      if (!options.subresource) {
        return as<T>((await verbs.createEntry(registry, kind, namespace, verbs.decodedCopy(kind, object), context(options))).object);
      }
      const { create, type = kind } = handlerOf(kind, options.subresource);
      if (!create) throw methodNotAllowed();
      const name = options.name ?? object.metadata.name;
      return as<T>((await create({ registry, kind, namespace, name }, verbs.decodedCopy(type, object), context(options))).object);
    },

    async update<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}) {
      const kind = kindOf(resource);
      const { name, namespace } = object.metadata;
      if (!options.subresource) {
        return as<T>((await verbs.putEntry(registry, kind, namespace, name, changed(kind, object), context(options))).entry.object);
      }
      const { update, type = kind } = handlerOf(kind, options.subresource);
      if (!update) throw methodNotAllowed();
      return as<T>((await update({ registry, kind, namespace, name }, type === kind ? changed(kind, object, options.subresource) : verbs.decodedCopy(type, object), context(options))).object);
    },

    async patch<T extends KubeObject>(resource: Resource, name: string, namespace: string | undefined, type: PatchType, patch: unknown, options: WriteOptions & { force?: boolean } = {}) {
      const kind = kindOf(resource);
      const change = { type, patch, ...(options.force && { force: true }) };
      if (!options.subresource) {
        return as<T>((await verbs.patchEntry(registry, kind, namespace, name, change, { part: 'main' }, context(options))).entry.object);
      }
      const handler = handlerOf(kind, options.subresource);
      if (!handler.patch) throw methodNotAllowed();
      return as<T>((await handler.patch({ registry, kind, namespace, name }, change, context(options))).object);
    },

    async delete(resource: Resource, name: string, namespace?: string, options: DeleteOptions = {}) {
      const dryRun = options.dryRun?.includes('All') ?? false;
      await verbs.deleteEntry(registry, kindOf(resource), namespace, name, options, context({ dryRun }));
    },

    watch<T extends KubeObject>(resource: Resource, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
      return watchQueue(registry, kindOf(resource), options) as AsyncIterable<WatchEvent<T>>;
    },
  };
}

const versionOf = ({ group, version }: Kind) => (group ? `${group}/${version}` : version);

function handlerOf(kind: Kind, subresource: string): SubresourceHandler {
  const offered = kind.subresources?.find((name) => name === subresource);
  const handler = offered && verbs.subresourceHandlers[offered];
  if (!handler) throw noSuchResource();
  return handler;
}

/** What an HTTP client makes of an unknown path. */
function noSuchResource(): ApiError {
  const error = notFound({ group: '', plural: '' }, '');
  error.message = error.status.message = 'the server could not find the requested resource';
  return error;
}

