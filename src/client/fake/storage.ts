import { qualifiedResource } from '../../api/errors';
import type { KubeObject } from '../../api/meta';
import type { Resource, WatchEvent } from '../client';

export interface Change {
  readonly revision: number;
  readonly resource: string;
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: KubeObject;
  readonly old?: KubeObject;
}

export type Matches = (object: KubeObject) => boolean;

/** A log of revisions over maps of objects: what etcd is to the real server. */
export class FakeStorage {
  revision = 0;
  /** Revisions up to this one are compacted away: watches from there are refused. */
  compacted = 0;
  private readonly log: Change[] = [];
  private readonly objects = new Map<string, Map<string, KubeObject>>();
  private readonly watchers = new Set<Watcher>();

  all(resource: Resource): Map<string, KubeObject> {
    const name = qualifiedResource(resource);
    const known = this.objects.get(name);
    if (known) return known;
    const made = new Map<string, KubeObject>();
    this.objects.set(name, made);
    return made;
  }

  /** Stamps the object with the next revision, files it (or takes it away) and tells the watchers. */
  commit<T extends KubeObject>(resource: Resource, key: string, type: Change['type'], object: T): T {
    const revision = ++this.revision;
    const stamped = { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
    const objects = this.all(resource);
    const old = objects.get(key);
    if (type === 'DELETED') objects.delete(key);
    else objects.set(key, stamped);
    const change: Change = { revision, resource: qualifiedResource(resource), type, object: stamped, ...(old && { old }) };
    this.log.push(change);
    for (const watcher of this.watchers) watcher.offer(change);
    return stamped;
  }

  watch(resource: Resource, after: number, matches: Matches, signal?: AbortSignal): AsyncIterable<WatchEvent<KubeObject>> {
    const abort = () => watcher.end();
    const watcher = new Watcher(qualifiedResource(resource), matches, () => {
      this.watchers.delete(watcher);
      signal?.removeEventListener('abort', abort);
    });
    for (const change of this.log) {
      if (change.revision > after) watcher.offer(change);
    }
    this.watchers.add(watcher);
    if (signal?.aborted) watcher.end();
    else signal?.addEventListener('abort', abort, { once: true });
    return watcher.events();
  }

  /** Ends every open watch, with an error or as if the server had closed it. */
  dropWatches(error?: Error): void {
    for (const watcher of [...this.watchers]) watcher.end(error);
  }
}

class Watcher {
  private readonly pending: WatchEvent<KubeObject>[] = [];
  private ended = false;
  private error: Error | undefined;
  private wake: () => void = () => undefined;

  constructor(private readonly resource: string, private readonly matches: Matches, private readonly onEnd: () => void) {}

  offer(change: Change): void {
    if (change.resource !== this.resource) return;
    const event = this.see(change);
    if (!event) return;
    this.pending.push(event);
    this.wake();
  }

  end(error?: Error): void {
    this.ended = true;
    this.error = error;
    this.onEnd();
    this.wake();
  }

  async *events(): AsyncIterable<WatchEvent<KubeObject>> {
    try {
      for (;;) {
        while (this.pending.length > 0 && !this.ended) yield this.pending.shift()!;
        if (this.error) throw this.error;
        if (this.ended) return;
        await new Promise<void>((resolve) => { this.wake = resolve; });
      }
    } finally {
      this.onEnd();
    }
  }

  /** An object that enters or leaves the selection is an addition or a deletion to this watcher. */
  private see({ type, object, old }: Change): WatchEvent<KubeObject> | undefined {
    const before = old !== undefined && this.matches(old);
    const now = type !== 'DELETED' && this.matches(object);
    if (!before && !now) return undefined;
    if (!before) return { type: 'ADDED', object };
    return now ? { type: 'MODIFIED', object } : { type: 'DELETED', object };
  }
}
