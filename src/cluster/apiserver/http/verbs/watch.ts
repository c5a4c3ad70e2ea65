import { ApiError } from '../../../../api/errors';
import { without } from '../../registry/clone';
import { assertWatchable, watchEntries, type WatchQuery } from '../../registry';
import type { Exchange } from '../exchange';
import { begin, flushHead } from '../respond';
import { negotiateStream, offerOf } from '../media-type';
import { isTrue } from '../request-info';
import { integerOf } from '../write-context';
import { asApiError } from '../status';
import { listQuery } from './list';
import { includeObject } from './reply';
import type { VerbHandler } from './verb';
import { watchEncoder } from './watch-encoder';
import { WatchStream } from './watch-stream';

/** A watch that names no end lasts this long, and up to twice as long. Source: --min-request-timeout. */
const defaultSecondsMin = 1800;
const bookmarkEveryMs = 60_000;

export const watch: VerbHandler = async (exchange, { registry, kind, namespace, name }) => {
  const query = watchQuery(exchange, namespace, name);
  assertWatchable(kind, query);
  const form = negotiateStream(exchange.request.headers.accept, offerOf(kind));
  const encoder = await watchEncoder(kind, form, includeObject(exchange.info.query), () => registry.clock.now());
  const { response } = exchange;
  const seconds = integerOf(exchange.info.query, 'timeoutSeconds') || defaultSecondsMin * (1 + registry.random());
  begin(exchange, 200, { 'content-type': encoder.contentType });
  flushHead(response);
  const stream = new WatchStream(response, (event) => encoder.event(event));
  const bookmark = () => query.allowWatchBookmarks && stream.send(encoder.bookmark(registry.store.revision, false));
  // The stream has begun: failures, 410 above all, travel as its last event.
  const fail = (error: unknown) => {
    stream.send(encoder.error(error instanceof ApiError ? error : asApiError(error, () => undefined)));
    stream.end();
  };
  let hasBegun = false;
  try {
    stream.onEnd(watchEntries(registry, kind, query, {
      events: (events) => (hasBegun ? stream.push(events) : stream.begin(events)),
      initial: (events) => stream.begin(events),
      initialEventsEnd: (revision) => query.allowWatchBookmarks && stream.send(encoder.bookmark(revision, true)),
      failed: fail,
    }));
  } catch (error) {
    return fail(error);
  }
  hasBegun = true;
  const endWithBookmark = () => {
    bookmark();
    stream.end();
  };
  stream.onEnd(registry.clock.schedule(seconds * 1000, endWithBookmark));
  stream.onEnd(exchange.serving.stream(endWithBookmark));
  if (query.allowWatchBookmarks) stream.onEnd(repeat(registry.clock, bookmarkEveryMs, bookmark));
  await stream.ended;
};

function repeat(clock: { schedule(delayMs: number, fire: () => void): () => void }, everyMs: number, run: () => void): () => void {
  let cancel = () => {};
  const next = () => {
    cancel = clock.schedule(everyMs, () => {
      run();
      next();
    });
  };
  next();
  return () => cancel();
}

function watchQuery({ info: { query } }: Exchange, namespace: string | undefined, name: string | undefined): WatchQuery {
  const rest = without(listQuery(query, namespace), 'limit');
  const pinned = name && [`metadata.name=${name}`, rest.fieldSelector].filter(Boolean).join(',');
  return {
    ...rest,
    ...(pinned && { fieldSelector: pinned }),
    allowWatchBookmarks: isTrue(query.get('allowWatchBookmarks')),
  };
}
