import { semanticEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { Namespace } from '../../../api/generated/core.v1';
import type { KubeObject } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { namespaces, pods } from '../../../kinds/resources';
import type { Loop, LoopOptions } from '../controller';
import type { KindSource } from '../kind-source';
import { OwnWrites } from '../own-writes';
import { WorkQueue } from '../work-queue';
import { contentConditions, type Content } from './conditions';
import type { ForeignContents } from './foreign';

export { noForeignContents, type ForeignContents } from './foreign';

const workers = 5;
const firstLookMs = 50;
const lastLookMs = 2000;

const isContent = ({ namespaced, verbs, storedAs }: Kind) => namespaced && storedAs === undefined
  && (verbs === undefined || (['list', 'delete'] as const).every((verb) => verbs.includes(verb)));

/** Set at creation; while it is there the namespace stays. */
const finalizer = 'kubernetes';

/**
 * Empties namespaces that are being deleted, the pods first, and lets them go when nothing is left. It asks the
 * server and not the informers: something that was not observed would be left behind for ever.
 * After k8s.io/kubernetes/pkg/controller/namespace.
 */
export function startNamespaceContents(kinds: KindSource, foreign: ForeignContents, { client, informers, clock, log, observeQueue }: LoopOptions): Loop {
  const looks = new Map<string, number>();
  const queue: WorkQueue = new WorkQueue({ clock, workers, work, observer: observeQueue?.('namespace') });
  const wake = ({ metadata }: Namespace) => {
    if (metadata.deletionTimestamp) queue.add(metadata.name);
  };
  const unsubscribe = informers.for<Namespace>(namespaces).subscribe({
    added: wake, updated: wake, deleted: ({ metadata }) => looks.delete(metadata.name),
  });
  queue.start();

  async function work(name: string): Promise<void> {
    const namespace = informers.for<Namespace>(namespaces).get(name);
    if (!namespace?.metadata.deletionTimestamp || !namespace.spec?.finalizers?.includes(finalizer)) return;
    const writes = new OwnWrites();
    try {
      const empty = await emptyOut(namespace, writes);
      queue.forget(name);
      if (!empty) queue.addAfter(name, nextLookMs(name));
    } catch (error) {
      if (!isReason(error, 'Conflict', 'NotFound')) log(`namespace ${name}: ${String(error)}`);
      queue.retry(name);
    }
    await writes.observed(informers);
  }

  function nextLookMs(name: string): number {
    const count = looks.get(name) ?? 0;
    looks.set(name, count + 1);
    return Math.min(firstLookMs * 2 ** count, lastLookMs);
  }

  /** Resolves to whether nothing was left. */
  async function emptyOut(namespace: Namespace, writes: OwnWrites): Promise<boolean> {
    const { name } = namespace.metadata;
    const failures: Error[] = [];
    const remaining: Content[] = [];
    for (const resource of podsFirst(kinds.all().filter(isContent))) {
      const podsRemain = remaining.some((content) => content.resource.plural === pods.plural && content.resource.group === '');
      const objects = await deleteAll(resource, name, !podsRemain, failures);
      if (objects.length > 0) remaining.push({ resource, objects });
    }
    const { unknown, ...elsewhere } = await foreign.empty(name);
    remaining.push(...elsewhere.remaining);
    failures.push(...elsewhere.failures);
    const conditions = contentConditions(namespace.status?.conditions ?? [], { remaining, failures, unknown }, clock.now());
    const status = { ...namespace.status, phase: 'Terminating' as const, conditions };
    let current = namespace;
    if (!semanticEqual(namespace.status, status)) {
      current = await client.update<Namespace>(namespaces, { ...typed(namespace), status }, { subresource: 'status' });
      writes.wrote(namespaces, current);
    }
    if ([remaining, failures, unknown].some(({ length }) => length > 0)) return false;
    const finalizers = (current.spec?.finalizers ?? []).filter((each) => each !== finalizer);
    await client.update<Namespace>(namespaces, { ...typed(current), spec: { ...current.spec, finalizers } }, { subresource: 'finalize' });
    return true;
  }

  /** What is there, after everything not yet on its way out was told to go. What goes at once is not among it. */
  async function deleteAll(resource: Kind, namespace: string, now: boolean, failures: Error[]): Promise<readonly KubeObject[]> {
    const { items } = await client.list(resource, { namespace });
    const doomed = now ? items.filter(({ metadata }) => !metadata.deletionTimestamp) : [];
    if (doomed.length === 0) return items;
    await Promise.all(doomed.map(async ({ metadata: { name, uid } }) => {
      try {
        await client.delete(resource, name, namespace, { propagationPolicy: 'Background', ...(uid && { preconditions: { uid } }) });
      } catch (error) {
        if (!isReason(error, 'NotFound', 'Conflict')) failures.push(error instanceof Error ? error : new Error(String(error)));
      }
    }));
    return (await client.list(resource, { namespace })).items;
  }

  return {
    async stop() {
      unsubscribe();
      await queue.stop();
    },
  };
}

/** Pods may need what else is in the namespace until they have ended. */
const podsFirst = (kinds: readonly Kind[]): readonly Kind[] =>
  [...kinds].sort((a, b) => Number(b.plural === pods.plural) - Number(a.plural === pods.plural));

const typed = (namespace: Namespace): Namespace => ({ ...namespace, apiVersion: 'v1', kind: 'Namespace' });
