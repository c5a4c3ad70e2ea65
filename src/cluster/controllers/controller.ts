import type { Clock } from '../../api/clock';
import { isReason } from '../../api/errors';
import { objectKey, type KubeObject } from '../../api/meta';
import type { Client } from '../../client/client';
import type { InformerSet } from '../../client/informer';
import { createRecorder } from '../../client/record';
import type { Plan } from '../../kinds/actions';
import { isTerminal, type Observed, type ReconcileContext, type Reconciler, type Watch } from '../../kinds/reconciler';
import { carryOut } from './carry-out';
import { OwnWrites } from './own-writes';
import type { ObserveQueue } from './queue-metrics';
import { WorkQueue } from './work-queue';

export interface Loop {
  /** Resolves when nothing is in work any more; no timer remains. */
  stop(): Promise<void>;
}

export interface LoopOptions {
  readonly client: Client;
  readonly informers: InformerSet;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  readonly observeQueue?: ObserveQueue;
}

/** Keys of one reconciler in work at a time. */
const workers = 8;

/** Runs one reconciler: wakes it for what changed, carries out what it wants, comes back after failures. */
export function startController(reconciler: Reconciler, options: LoopOptions): Loop {
  const { client, informers, clock, log } = options;
  const observed = observe(informers);
  const recorder = createRecorder({ client, clock, log, component: reconciler.name });
  const queue: WorkQueue = new WorkQueue({ clock, workers, work, observer: options.observeQueue?.(reconciler.name) });
  const subscriptions = subscribe(reconciler, informers, observed, (key) => queue.add(key));
  for (const resource of reconciler.reads ?? []) informers.for(resource);

  const sinceMs = clock.now();
  const seen: Seen = new Map();
  let stopped = false;
  void Promise.all(resourcesOf(reconciler).map((resource) => informers.for(resource).synced))
    .then(() => !stopped && queue.start(), () => undefined);

  async function work(key: string): Promise<void> {
    const writes = new OwnWrites();
    try {
      const nowMs = clock.now();
      const { actions, requeueAfterMs } = decide(reconciler, key, observed, { nowMs, sinceMs }, seen);
      await carryOut(actions, { client, recorder, writes });
      queue.forget(key);
      if (seen.has(key)) seen.set(key, requeueAfterMs === undefined ? undefined : nowMs + requeueAfterMs);
      if (requeueAfterMs !== undefined) queue.addAfter(key, requeueAfterMs);
    } catch (error) {
      if (!isReason(error, 'Conflict')) log(`${reconciler.name}: ${key}: ${error instanceof Error ? error.message : String(error)}`);
      if (isTerminal(error)) queue.forget(key);
      else queue.retry(key);
    }
    await writes.observed(informers);
  }

  return {
    async stop() {
      stopped = true;
      for (const unsubscribe of subscriptions) unsubscribe();
      await queue.stop();
      await recorder.idle();
    },
  };
}

/** What a reconciler sees: the informers' copies. */
const observe = (informers: InformerSet): Observed => ({
  get: (resource, name, namespace) => informers.for<never>(resource).get(name, namespace),
  list: (resource, namespace) => informers.for<never>(resource).list(namespace),
  find: (resource, index, value) => informers.for<never>(resource).find(index as never, value),
});

/** The keys that were looked at before, with what the context calls `awaitedMs`. */
type Seen = Map<string, number | undefined>;

function decide(reconciler: Reconciler, key: string, observed: Observed, context: ReconcileContext, seen: Seen): Plan {
  const id = splitKey(key);
  const object = observed.get(reconciler.resource, id.name, id.namespace);
  if (object) {
    const first = !seen.has(key);
    const awaitedMs = seen.get(key);
    seen.set(key, awaitedMs);
    return reconciler.reconcile(object, observed, { ...context, first, ...(awaitedMs !== undefined && { awaitedMs }) });
  }
  seen.delete(key);
  return reconciler.gone?.(id, observed, context) ?? { actions: [] };
}

function splitKey(key: string): { name: string; namespace?: string } {
  const slash = key.indexOf('/');
  return slash < 0 ? { name: key } : { namespace: key.slice(0, slash), name: key.slice(slash + 1) };
}

const resourcesOf = ({ resource, watches = [], reads = [] }: Reconciler) => [resource, ...watches.map((watch) => watch.resource), ...reads];

function subscribe(reconciler: Reconciler, informers: InformerSet, observed: Observed, add: (key: string) => void): (() => void)[] {
  const own = (object: KubeObject) => add(objectKey(object));
  const ifConcerned = (object: KubeObject, old?: KubeObject) => {
    if (reconciler.concerns?.(object, old) ?? true) own(object);
  };
  return [
    informers.for(reconciler.resource).subscribe({ added: (object) => ifConcerned(object), updated: ifConcerned, deleted: own }),
    ...(reconciler.watches ?? []).map((watch) => subscribeWatch(watch, informers, observed, add)),
  ];
}

function subscribeWatch(watch: Watch, informers: InformerSet, observed: Observed, add: (key: string) => void): () => void {
  const wake = (...objects: KubeObject[]) => {
    for (const object of objects) watch.keys(object, observed).forEach(add);
  };
  return informers.for(watch.resource).subscribe({
    added: (object) => wake(object),
    updated: (object, old) => {
      if (watch.concerns?.(object, old) ?? true) wake(old, object);
    },
    deleted: (object) => wake(object),
  });
}
