import { timestamp, type Clock, type Random } from '../../api/clock';
import { alreadyExists, conflict, expired, notFound, objectModified } from '../../api/errors';
import { deepEqual } from '../../api/equal';
import { groupVersion, objectKey, type DeleteOptions, type KubeList, type KubeObject } from '../../api/meta';
import { randomSuffix } from '../../api/random-suffix';
import { mergePatch, jsonPatch, strategicMergePatch } from '../../api/patch';
import { parseFieldSelector, parseLabelSelector } from '../../api/selectors';
import type { Client, ListOptions, PatchType, Resource, WatchEvent, WatchOptions, WriteOptions } from '../client';
import { isFinished, markDeleted } from './deletion';
import { FakeStorage, type Matches } from './storage';
import { bind, mergeWrite } from './subresources';

export type FakeVerb = 'get' | 'list' | 'create' | 'update' | 'patch' | 'delete' | 'watch';

export interface FakeRequest {
  readonly verb: FakeVerb;
  readonly resource: Resource;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly subresource: string | undefined;
}

export interface FakeClientOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Called before each request; throwing makes the request fail with that error. */
  readonly before?: (request: FakeRequest) => void;
}

const patchers: Record<PatchType, ((document: KubeObject, patch: unknown) => unknown) | undefined> = {
  merge: (document, patch) => mergePatch(document, patch),
  json: (document, patch) => jsonPatch(document, patch as never),
  strategic: (document, patch) => strategicMergePatch(document, patch as never),
  apply: undefined,
};

/** Objects that go in are kept as they are and shared with all readers, as by the in-process client. */
export class FakeClient implements Client {
  readonly storage = new FakeStorage();
  private made = 0;

  constructor(private readonly options: FakeClientOptions) {}

  async get<T extends KubeObject>(resource: Resource, name: string, namespace?: string): Promise<T> {
    await this.request('get', resource, name, namespace);
    return this.stored<T>(resource, name, namespace);
  }

  async list<T extends KubeObject>(resource: Resource, options: ListOptions = {}): Promise<KubeList<T>> {
    await this.request('list', resource, undefined, options.namespace);
    const items = [...this.storage.all(resource).values()].filter(selector(options)) as T[];
    return { metadata: { resourceVersion: String(this.storage.revision) }, items: options.limit ? items.slice(0, options.limit) : items };
  }

  async create<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions & { name?: string } = {}): Promise<T> {
    await this.request('create', resource, options.name ?? object.metadata.name, object.metadata.namespace, options.subresource);
    if (options.subresource === 'binding') return this.bind<T>(resource, object);
    const { clock } = this.options;
    const serial = ++this.made;
    const name = object.metadata.name || `${object.metadata.generateName ?? ''}${randomSuffix(this.options.random)}`;
    const made: T = {
      ...initial(resource, object),
      metadata: {
        ...object.metadata, name, uid: object.metadata.uid ?? `uid-${serial}`, generation: 1,
        creationTimestamp: object.metadata.creationTimestamp ?? timestamp(clock.now()),
      },
    };
    const key = objectKey(made);
    if (this.storage.all(resource).has(key)) throw alreadyExists(resource, name);
    return options.dryRun ? made : this.storage.commit(resource, key, 'ADDED', made);
  }

  async update<T extends KubeObject>(resource: Resource, object: T, options: WriteOptions = {}): Promise<T> {
    const { name, namespace } = object.metadata;
    await this.request('update', resource, name, namespace, options.subresource);
    return this.write(resource, this.stored<T>(resource, name, namespace), object, options.subresource);
  }

  async patch<T extends KubeObject>(
    resource: Resource, name: string, namespace: string | undefined, type: PatchType, patch: unknown, options: WriteOptions = {},
  ): Promise<T> {
    await this.request('patch', resource, name, namespace, options.subresource);
    const apply = patchers[type];
    if (!apply) throw new Error(`the fake client does not know patches of type ${type}`);
    const stored = this.stored<T>(resource, name, namespace);
    return this.write(resource, stored, apply(stored, patch) as T, options.subresource);
  }

  async delete(resource: Resource, name: string, namespace?: string, options: DeleteOptions = {}): Promise<void> {
    await this.request('delete', resource, name, namespace);
    const stored = this.stored(resource, name, namespace);
    const wanted = options.preconditions?.uid;
    if (wanted !== undefined && wanted !== stored.metadata.uid) {
      throw conflict(resource, name, `the UID in the precondition (${wanted}) does not match the UID in record (${stored.metadata.uid}). The object might have been deleted and then recreated`);
    }
    const { resourceVersion } = options.preconditions ?? {};
    if (resourceVersion !== undefined && resourceVersion !== stored.metadata.resourceVersion) throw conflict(resource, name, objectModified);
    const marked = markDeleted(resource.plural, stored, options, this.options.clock.now());
    const key = objectKey(stored);
    if (!marked) this.storage.commit(resource, key, 'DELETED', stored);
    else if (!deepEqual(marked, stored)) this.storage.commit(resource, key, 'MODIFIED', marked);
  }

  async *watch<T extends KubeObject>(resource: Resource, options: WatchOptions): AsyncIterable<WatchEvent<T>> {
    await this.request('watch', resource, undefined, options.namespace);
    const after = Number(options.resourceVersion ?? this.storage.revision);
    if (after < this.storage.compacted) throw expired(`too old resource version: ${after} (${this.storage.compacted})`);
    yield* this.storage.watch(resource, after, selector(options), options.signal) as AsyncIterable<WatchEvent<T>>;
  }

  private write<T extends KubeObject>(resource: Resource, stored: T, written: T, subresource: string | undefined): T {
    const { name, resourceVersion } = written.metadata;
    if (resourceVersion !== undefined && resourceVersion !== stored.metadata.resourceVersion) throw conflict(resource, name, objectModified);
    const merged = mergeWrite(subresource, written, stored) as T & { spec?: unknown };
    if (deepEqual(merged, stored)) return stored;
    const specChanged = !deepEqual(merged.spec, (stored as { spec?: unknown }).spec);
    const generation = (stored.metadata.generation ?? 1) + (specChanged ? 1 : 0);
    const kept = { uid: stored.metadata.uid, creationTimestamp: stored.metadata.creationTimestamp, deletionTimestamp: stored.metadata.deletionTimestamp, generation };
    const next = { ...merged, metadata: defined({ ...merged.metadata, ...kept }) };
    const key = objectKey(next);
    return this.storage.commit(resource, key, isFinished(next) && !isFinished(stored) ? 'DELETED' : 'MODIFIED', next);
  }

  private bind<T extends KubeObject>(resource: Resource, binding: KubeObject): T {
    const { name, namespace } = binding.metadata;
    const pod = this.stored<KubeObject & { spec?: { nodeName?: string } }>(resource, name, namespace);
    if (pod.spec?.nodeName) throw conflict({ group: '', plural: 'pods/binding' }, name, `pod ${name} is already assigned to node "${pod.spec.nodeName}"`);
    this.storage.commit(resource, objectKey(pod), 'MODIFIED', bind(pod, binding, timestamp(this.options.clock.now())));
    return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success' } as unknown as T;
  }

  private stored<T extends KubeObject>(resource: Resource, name: string, namespace?: string): T {
    const found = this.storage.all(resource).get(objectKey({ metadata: { name, ...(namespace && { namespace }) } }));
    if (!found) throw notFound(resource, name);
    return found as T;
  }

  private async request(verb: FakeVerb, resource: Resource, name?: string, namespace?: string, subresource?: string): Promise<void> {
    await Promise.resolve();
    this.options.before?.({ verb, resource, name, namespace, subresource });
  }
}

function initial<T extends KubeObject>(resource: Resource, object: T): T {
  const typed = { apiVersion: groupVersion(resource), ...object };
  if (resource.plural !== 'namespaces') return typed;
  return { ...typed, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } };
}

function selector({ namespace, labelSelector, fieldSelector }: ListOptions): Matches {
  const labels = labelSelector ? parseLabelSelector(labelSelector) : () => true;
  const fields = fieldSelector ? parseFieldSelector(fieldSelector) : [];
  return (object) => (namespace === undefined || object.metadata.namespace === namespace)
    && labels(object.metadata.labels)
    && fields.every(({ field, op, value }) => (fieldOf(object, field) === value) === (op === '='));
}

function fieldOf(object: KubeObject, path: string): string {
  const value = path.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], object);
  return value === undefined ? '' : String(value);
}

function defined<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
