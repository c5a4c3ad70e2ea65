import type { KubeObject } from '../../../src/api/meta';
import type { WatchEvent, WatchOptions } from '../../../src/client/client';
import { resourcePath, watchEvents, watchQuery, type RestClient } from '../../../src/client/http';
import type { Typed } from './resources';

export interface ExpectedEvent<T extends KubeObject> {
  (event: WatchEvent<T>): boolean;
}

/** An open watch that is read in the background. It ends with the row, or by `close`. */
export interface Watching<T extends KubeObject> {
  /** Everything that came. */
  readonly events: readonly WatchEvent<T>[];
  /** The next event that was not taken yet. */
  next(patienceMs?: number): Promise<WatchEvent<T>>;
  /** The next one that matches; those before it are dropped. */
  until(matches: ExpectedEvent<T>, patienceMs?: number): Promise<WatchEvent<T>>;
  /** `<type> <name>` of the events so far. */
  told(): string[];
  close(): void;
}

export type Watch = Omit<WatchOptions, 'namespace' | 'signal'>;

/** Resolves once the server has answered: what happens from then on is seen. */
export async function openWatch<T extends KubeObject>(client: RestClient, resource: Typed<T>, namespace: string | undefined, options: Watch, signal: AbortSignal): Promise<Watching<T>> {
  const closed = new AbortController();
  const until = AbortSignal.any([signal, closed.signal]);
  const { body } = await client.raw({ path: resourcePath(resource, namespace), query: watchQuery(options), stream: true, signal: until });
  return collect(watchEvents<T>(body, until), () => closed.abort());
}

const patience = 180_000;

function collect<T extends KubeObject>(source: AsyncIterable<WatchEvent<T>>, close: () => void): Watching<T> {
  const events: WatchEvent<T>[] = [];
  let taken = 0;
  let ended: Error | undefined;
  let wake = () => undefined as void;
  void read();
  async function read(): Promise<void> {
    try {
      for await (const event of source) {
        events.push(event);
        wake();
      }
      ended = new Error('the watch ended');
    } catch (error) {
      ended = error as Error;
    }
    wake();
  }
  const next = async (patienceMs = patience): Promise<WatchEvent<T>> => {
    const deadline = performance.now() + patienceMs;
    while (taken === events.length) {
      if (ended) throw ended;
      const left = deadline - performance.now();
      if (left <= 0) throw new Error(`no further event; those that came: ${told().join(', ')}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    return events[taken++]!;
  };
  const told = () => events.map(({ type, object }) => `${type} ${object.metadata.name ?? ''}`.trim());
  return {
    events, next, told, close,
    async until(matches, patienceMs = patience) {
      const deadline = performance.now() + patienceMs;
      for (;;) {
        const event = await next(deadline - performance.now());
        if (matches(event)) return event;
      }
    },
  };
}
