import { sleep, type Clock, type Random } from '../../api/clock';
import { isReason } from '../../api/errors';
import type { KubeObject } from '../../api/meta';
import type { Client, Resource, WatchEvent } from '../client';
import { createBackoff, type Backoff } from './backoff';

export interface ListWatchOptions {
  readonly client: Client;
  readonly resource: Resource;
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
  readonly clock: Clock;
  readonly random: Random;
  /** Lines about failures that the loop recovers from. */
  readonly log: (line: string) => void;
}

/** Where the loop delivers: one call after the other, so the order of calls is the order of revisions. */
export interface Sink<T extends KubeObject> {
  /** Everything there is, as of `resourceVersion`. */
  replace(items: readonly T[], resourceVersion: string): Promise<void>;
  apply(event: WatchEvent<T>): void;
}

const resourceExpired = (error: unknown) => isReason(error, 'Expired', 'Gone');

/**
 * Lists, then watches from there; watches again from the last revision seen when the stream ends, lists again when
 * that revision has expired; waits between failures. Resolves when the signal aborts and never rejects.
 */
export async function listWatch<T extends KubeObject>(options: ListWatchOptions, sink: Sink<T>, signal: AbortSignal): Promise<void> {
  const backoff = createBackoff(options.random);
  let revision: string | undefined;
  while (!signal.aborted) {
    try {
      revision ??= await list(options, sink, signal);
      revision = await watch(options, sink, revision, backoff, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (resourceExpired(error)) revision = undefined;
      else if (error instanceof WatchBroken) revision = error.revision;
      options.log(`${options.resource.plural}: ${describeError(error)}`);
      await pause(options.clock, backoff, signal);
    }
  }
}

async function list<T extends KubeObject>(options: ListWatchOptions, sink: Sink<T>, signal: AbortSignal): Promise<string> {
  const found = await options.client.list<T>(options.resource, { ...selection(options), signal });
  signal.throwIfAborted();
  const revision = found.metadata.resourceVersion ?? '0';
  await sink.replace(found.items, revision);
  signal.throwIfAborted();
  return revision;
}

/** Resolves to the revision to go on from when the server ended the stream. */
async function watch<T extends KubeObject>(
  options: ListWatchOptions, sink: Sink<T>, from: string, backoff: Backoff, signal: AbortSignal,
): Promise<string> {
  let revision = from;
  try {
    const events = options.client.watch<T>(options.resource, {
      ...selection(options), resourceVersion: from, allowWatchBookmarks: true, signal,
    });
    for await (const event of events) {
      if (signal.aborted) break;
      sink.apply(event);
      revision = event.object.metadata.resourceVersion ?? revision;
      backoff.reset();
    }
  } catch (error) {
    if (resourceExpired(error)) throw error;
    throw new WatchBroken(revision, error);
  }
  // A server that ends empty streams at once must not be asked in a tight loop.
  if (revision === from && !signal.aborted) await pause(options.clock, backoff, signal);
  return revision;
}

/** Carries the revision out of a stream that broke, so that nothing is listed anew. */
class WatchBroken extends Error {
  constructor(readonly revision: string, override readonly cause: unknown) {
    super('watch broke');
  }
}

const selection = ({ namespace, labelSelector, fieldSelector }: ListWatchOptions) => ({
  ...(namespace !== undefined && { namespace }),
  ...(labelSelector !== undefined && { labelSelector }),
  ...(fieldSelector !== undefined && { fieldSelector }),
});

async function pause(clock: Clock, backoff: Backoff, signal: AbortSignal): Promise<void> {
  await sleep(clock, backoff.next(), signal).catch(() => undefined);
}

function describeError(error: unknown): string {
  if (error instanceof WatchBroken) return `the watch broke: ${describeError(error.cause)}`;
  return error instanceof Error ? error.message : String(error);
}
