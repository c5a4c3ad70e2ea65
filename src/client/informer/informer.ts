import type { KubeObject } from '../../api/meta';
import { objectKey } from '../../api/meta';
import { inSlices } from '../../api/slices';
import type { WatchEvent } from '../client';
import type { Handler } from './handler';
import { listWatch, type ListWatchOptions, type Sink } from './list-watch';
import { KeyedHandlers } from './keyed-handlers';
import { ObjectStore, keyOf, type Index } from './object-store';

/**
 * A local copy of one resource.
 *
 * - The copy is eventually consistent and never goes back in time while the server does not: it equals a state that
 *   the server had, as of `resourceVersion`. Different informers are at different revisions.
 * - Every change is applied to the copy first, then told to the handlers, synchronously, in the order in which they
 *   subscribed; so a handler that reads this informer sees at least the change that it is told about.
 * - For one object a handler is told `added`, any number of `updated`, then `deleted`, in the order of revisions.
 *   States in between may be skipped when a watch was lost: the difference to a fresh list is told then. An object
 *   deleted and made anew meanwhile is told as `deleted` and `added`.
 * - A handler that subscribes late is told `added` for all that is there, before `subscribe` returns.
 * - There is no periodic resync: a handler hears of changes only.
 * - Objects are shared between all readers and may be the server's own: never change them.
 * - A handler must not throw and should only note what to do; if it throws, the error is logged and the rest goes on.
 */
export interface Informer<T extends KubeObject> {
  /** Resolves once the first list was applied and told; rejects with the signal's reason when stopped before. */
  readonly synced: Promise<void>;
  readonly hasSynced: boolean;
  /** The revision up to which everything was applied; 0 before the first list. */
  readonly resourceVersion: number;
  get(name: string, namespace?: string): T | undefined;
  list(namespace?: string): readonly T[];
  find(index: Index<T>, value: string): readonly T[];
  /** Returns the function that ends the subscription. */
  subscribe(handler: Handler<T>): () => void;
  /**
   * Hears only of objects that have this value in the index; an object that enters or leaves the value is told as
   * `added` and `deleted`. A change costs the same however many values have subscribers.
   */
  subscribeTo(index: Index<T>, value: string, handler: Handler<T>): () => void;
  /** Resolves when the test holds; it is run now and after each change or progress. Resolves, too, when stopped. */
  until(test: () => boolean): Promise<void>;
}

/** Starts at once and runs until the signal aborts. */
export function createInformer<T extends KubeObject>(options: ListWatchOptions, signal: AbortSignal): Informer<T> {
  const informer = new LocalCopy<T>(options.log);
  void listWatch<T>(options, informer, signal);
  const stop = () => informer.stop(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return informer;
}

interface Waiter {
  test(): boolean;
  resolve(): void;
}

class LocalCopy<T extends KubeObject> implements Informer<T>, Sink<T> {
  readonly synced: Promise<void>;
  hasSynced = false;
  resourceVersion = 0;
  private readonly store = new ObjectStore<T>();
  private readonly handlers = new Set<Handler<T>>();
  private readonly keyed = new Map<string, KeyedHandlers<T>>();
  private readonly waiters = new Set<Waiter>();
  private resolveSynced!: () => void;
  private rejectSynced!: (reason: unknown) => void;
  private stopped = false;

  constructor(private readonly log: (line: string) => void) {
    this.synced = new Promise<void>((resolve, reject) => {
      this.resolveSynced = resolve;
      this.rejectSynced = reject;
    });
    // Nobody has to wait for it.
    this.synced.catch(() => undefined);
  }

  get(name: string, namespace?: string): T | undefined {
    return this.store.get(keyOf(name, namespace));
  }

  list(namespace?: string): readonly T[] {
    return this.store.list(namespace);
  }

  find(index: Index<T>, value: string): readonly T[] {
    return this.store.find(index, value);
  }

  subscribe(handler: Handler<T>): () => void {
    this.handlers.add(handler);
    for (const object of this.store.list()) this.guard(() => handler.added?.(object));
    return () => this.handlers.delete(handler);
  }

  subscribeTo(index: Index<T>, value: string, handler: Handler<T>): () => void {
    const keyed = this.keyed.get(index.name) ?? new KeyedHandlers(index, (call) => this.guard(call));
    if (!this.keyed.has(index.name)) {
      this.keyed.set(index.name, keyed);
      this.handlers.add(keyed);
    }
    const end = keyed.add(value, handler);
    for (const object of this.store.find(index, value)) this.guard(() => handler.added?.(object));
    return end;
  }

  until(test: () => boolean): Promise<void> {
    if (this.stopped || test()) return Promise.resolve();
    return new Promise((resolve) => this.waiters.add({ test, resolve }));
  }

  /** The first list bit by bit, since nobody relies on the copy yet; the others at once, for it must be a state that there was. */
  async replace(items: readonly T[], resourceVersion: string): Promise<void> {
    if (this.hasSynced) this.replaceAll(items);
    else await inSlices(items, (item) => !this.stopped && this.put(item));
    this.advance(resourceVersion);
    this.hasSynced = true;
    this.resolveSynced();
  }

  private replaceAll(items: readonly T[]): void {
    const present = new Set(items.map(objectKey));
    for (const key of [...this.store.keys()]) {
      if (!present.has(key)) this.remove(key);
    }
    for (const item of items) this.put(item);
  }

  apply({ type, object }: WatchEvent<T>): void {
    if (type === 'DELETED') this.remove(objectKey(object), object);
    else if (type !== 'BOOKMARK') this.put(object);
    this.advance(object.metadata.resourceVersion);
  }

  stop(reason: unknown): void {
    this.stopped = true;
    this.rejectSynced(reason);
    for (const waiter of this.waiters) waiter.resolve();
    this.waiters.clear();
  }

  private put(object: T): void {
    const key = objectKey(object);
    const known = this.store.get(key);
    if (known && known.metadata.resourceVersion === object.metadata.resourceVersion) return;
    if (known && known.metadata.uid !== object.metadata.uid) this.remove(key);
    const old = this.store.set(object);
    if (old) this.tell((handler) => handler.updated?.(object, old));
    else this.tell((handler) => handler.added?.(object));
  }

  private remove(key: string, last?: T): void {
    const old = this.store.delete(key);
    if (old) this.tell((handler) => handler.deleted?.(last ?? old));
  }

  private advance(resourceVersion: string | undefined): void {
    const revision = Number(resourceVersion ?? 0);
    if (revision > this.resourceVersion) this.resourceVersion = revision;
    for (const waiter of this.waiters) {
      if (!waiter.test()) continue;
      this.waiters.delete(waiter);
      waiter.resolve();
    }
  }

  private tell(call: (handler: Handler<T>) => void): void {
    for (const handler of this.handlers) this.guard(() => call(handler));
  }

  private guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.log(`a handler failed: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}
