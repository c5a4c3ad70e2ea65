import { deepEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { CustomResourceDefinition, CustomResourceDefinitionStatus as Status } from '../../../api/generated/apiextensions.v1';
import type { Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { isStoreError } from '../../store';
import { serverContext as context } from '../registry/context';
import { deleteEntry } from '../registry/delete';
import type { Registry } from '../registry/registry';
import { updateEntry } from '../registry/update';
import { isTrue, terminating, withCondition } from './conditions';
import { allDefinitions, findDefinition, instancePrefix } from './definitions';
import { cleanupFinalizer } from './hooks';
import { acceptedStatus } from './names';
import type { Publisher } from './publish';

/** After a failure that is nobody's change: of a webhook that converts, for one. */
const retryMs = 5000;

/** Brings definitions to where they are to be, one at a time. Level-based: it may be woken too often. */
export class DefinitionController {
  #tail: Promise<void> = Promise.resolve();
  /** Ends the watch of the objects of a definition that is being deleted. */
  readonly #watched = new Map<string, () => void>();

  constructor(private readonly registry: Registry, private readonly kind: Kind, private readonly publisher: Publisher, private readonly log: (line: string) => void) {}

  wake(name: string): void {
    this.#tail = this.#tail.then(() => this.#reconcile(name)).catch((error: unknown) => {
      // Who changed it meanwhile has woken us again.
      if (isReason(error, 'Conflict', 'NotFound') || isStoreError(error, 'Closed')) return;
      this.log(`CustomResourceDefinition ${name}: ${String(error)}`);
      this.registry.clock.schedule(retryMs, () => this.wake(name));
    });
  }

  /** Names that became free may be wanted by others. */
  wakeGroup(group: string): void {
    for (const { metadata, spec } of allDefinitions(this.registry, this.kind)) if (spec.group === group) this.wake(metadata.name);
  }

  async #reconcile(name: string): Promise<void> {
    const definition = findDefinition(this.registry, this.kind, name);
    if (!definition) return this.#forget(name);
    if (definition.metadata.deletionTimestamp) return this.#cleanUp(definition);
    const others = allDefinitions(this.registry, this.kind).filter(({ metadata, spec }) => spec.group === definition.spec.group && metadata.name !== name);
    const status = acceptedStatus(definition, others, this.registry.clock.now());
    await this.#write(definition, status);
    const freed = !deepEqual(status.acceptedNames, definition.status?.acceptedNames);
    if (freed && definition.status?.acceptedNames?.plural) this.wakeGroup(definition.spec.group);
  }

  async #write(definition: CustomResourceDefinition, status: Status, finalizers = definition.metadata.finalizers): Promise<void> {
    if (deepEqual(status, definition.status) && deepEqual(finalizers, definition.metadata.finalizers)) return;
    const { name, resourceVersion } = definition.metadata;
    await updateEntry(this.registry, this.kind, undefined, name, (current) => changed(current!, status, finalizers, resourceVersion), { part: 'status', subresource: 'status' }, context);
  }

  async #cleanUp(definition: CustomResourceDefinition): Promise<void> {
    const { name, finalizers = [] } = definition.metadata;
    if (!finalizers.includes(cleanupFinalizer)) return;
    const nowMs = this.registry.clock.now();
    const rest = finalizers.filter((one) => one !== cleanupFinalizer);
    if (!isTrue(definition, 'Established')) {
      return this.#write(definition, withCondition(definition.status, terminating('False', 'NeverEstablished', 'resource was never established'), nowMs), rest);
    }
    const left = await this.#deleteInstances(definition);
    const told = left
      ? terminating('True', 'InstanceDeletionInProgress', 'CustomResource deletion is in progress')
      : terminating('False', 'InstanceDeletionCompleted', 'removed all instances');
    if (left) this.#watchInstances(name, definition);
    return this.#write(definition, withCondition(definition.status, told, nowMs), left ? finalizers : rest);
  }

  /** Resolves to how many stay, for finalizers of their own. */
  async #deleteInstances(definition: CustomResourceDefinition): Promise<number> {
    const kinds = this.publisher.kindsOf(definition.metadata.name);
    // That of the version in which they are stored needs no converting.
    const kind = kinds.find(({ storedAs }) => !storedAs) ?? kinds[0];
    const prefix = instancePrefix(definition);
    const instances = this.registry.store.list(prefix).entries.map(({ object }) => object.metadata).filter(({ deletionTimestamp }) => !deletionTimestamp);
    // A definition that serves no version may still have objects, which nobody can see.
    if (kind) await Promise.all(instances.map(({ name, namespace }) => this.#deleteInstance(kind, namespace, name)));
    return kind ? this.registry.store.list(prefix).entries.length : 0;
  }

  async #deleteInstance(kind: Kind, namespace: string | undefined, name: string): Promise<void> {
    try {
      await deleteEntry(this.registry, kind, namespace, name, {}, context);
    } catch (error) {
      if (!isReason(error, 'NotFound')) throw error;
    }
  }

  #watchInstances(name: string, definition: CustomResourceDefinition): void {
    if (this.#watched.has(name)) return;
    const { store } = this.registry;
    this.#watched.set(name, store.watch(instancePrefix(definition), store.revision, () => this.wake(name)));
  }

  #forget(name: string): void {
    this.#watched.get(name)?.();
    this.#watched.delete(name);
  }
}

function changed(current: Unstructured, status: Status, finalizers: string[] | undefined, resourceVersion: string | undefined): Unstructured {
  const metadata = { ...current.metadata, resourceVersion: resourceVersion! };
  if (finalizers?.length) metadata.finalizers = finalizers;
  else delete metadata.finalizers;
  return { ...current, metadata, status };
}
