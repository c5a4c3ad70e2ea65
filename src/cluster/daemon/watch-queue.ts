import { groupVersion, type KubeObject } from '../../api/meta';
import type { WatchEvent, WatchOptions } from '../../client/client';
import type { Kind } from '../../kinds/kind';
import { without } from '../apiserver/registry/clone';
import { watchEntries, type Registry } from '../apiserver/registry';

/** How often an idle watch that asked for bookmarks gets one. */
const bookmarkEveryMs = 60_000;

/** A watch as an iteration: events wait in a queue until they are asked for. It begins with the first `next()`. */
export async function* watchQueue(registry: Registry, kind: Kind, { signal, timeoutSeconds, ...options }: WatchOptions): AsyncGenerator<WatchEvent<KubeObject>> {
  const query = without(options, 'limit', 'continue');
  const queue: WatchEvent<KubeObject>[] = [];
  let ended = signal?.aborted ?? false;
  let failure: Error | undefined;
  let wake = () => {};
  const end = () => {
    ended = true;
    wake();
  };
  const stops = [
    watchEntries(registry, kind, query, {
      events: (events) => {
        for (const { type, entry } of events) queue.push({ type, object: entry.object });
        wake();
      },
      failed: (error) => {
        failure = error as Error;
        end();
      },
    }),
    timeoutSeconds === undefined ? () => {} : registry.clock.schedule(timeoutSeconds * 1000, end),
    query.allowWatchBookmarks ? bookmarks(registry, kind, (event) => { queue.push(event); wake(); }) : () => {},
  ];
  signal?.addEventListener('abort', end);
  try {
    while (!ended) {
      if (queue.length) yield queue.shift()!;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
    if (failure) throw failure;
  } finally {
    signal?.removeEventListener('abort', end);
    for (const stop of stops) stop();
  }
}

function bookmarks(registry: Registry, kind: Kind, send: (event: WatchEvent<KubeObject>) => void): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = registry.clock.schedule(bookmarkEveryMs, () => {
      send({ type: 'BOOKMARK', object: bookmark(kind, registry.store.revision) });
      next();
    });
  };
  next();
  return () => cancel();
}

const bookmark = (kind: Kind, revision: number): KubeObject =>
  ({ kind: kind.kind, apiVersion: groupVersion(kind), metadata: { name: '', resourceVersion: String(revision) } });
