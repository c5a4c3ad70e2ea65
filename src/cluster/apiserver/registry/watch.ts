import type { Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { Entry, type StoreEvent } from '../../store';
import { keyPrefix } from './keys';
import { laneOf } from './lane';
import { validateWatchOptions } from './list-options';
import type { Registry } from './registry';
import { parseResourceVersion } from './resource-version';
import { entryTest, selection, type Selectors } from './selection';
import { atRevision, served } from './served';

export interface WatchQuery extends Selectors {
  namespace?: string;
  resourceVersion?: string;
  resourceVersionMatch?: string;
  continue?: string;
  sendInitialEvents?: boolean;
  allowWatchBookmarks?: boolean;
}

export interface ServedEvent {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly entry: Entry;
  /** Undefined for events that were made for one watch only and are not worth caching. */
  readonly source: StoreEvent | undefined;
}

export interface WatchSink {
  /** In order, never empty; called first for what exists or happened already, before `watchEntries` returns unless somebody else converts. */
  events(events: readonly ServedEvent[]): void;
  /** What exists, for those who tell it from what happens; `events` gets it otherwise. */
  initial?(events: readonly ServedEvent[]): void;
  /** All that existed was sent; only where sendInitialEvents was asked for. */
  initialEventsEnd?(revision: number): void;
  /** Whoever converts the kind failed to: nothing follows. */
  failed?(error: unknown): void;
}

/**
 * Without a resourceVersion, and from '0', a watch begins with an ADDED for everything that exists. Objects that
 * begin or cease to match the selectors come as ADDED and DELETED. Throws Expired, Invalid, BadRequest; returns the
 * function that ends the watch.
 */
export function watchEntries(registry: Registry, kind: Kind, query: WatchQuery, sink: WatchSink): () => void {
  assertWatchable(kind, query);
  const matches = entryMatcher(kind, query);
  const prefix = keyPrefix(kind, query.namespace);
  const { store } = registry;
  const lane = laneOf(kind, sink);
  let after = parseResourceVersion(query.resourceVersion);
  if (query.sendInitialEvents ?? after === 0) {
    const { entries, revision } = store.list(prefix);
    lane.run(() => entries, () => {
      const initial = entries.filter(matches).map((entry): ServedEvent => ({ type: 'ADDED', entry: served(kind, entry), source: undefined }));
      if (initial.length && sink.initial) sink.initial(initial);
      else if (initial.length) sink.events(initial);
      if (query.sendInitialEvents) sink.initialEventsEnd?.(revision);
    });
    after = revision;
  } else if (after === 0) {
    after = store.revision;
  }
  const stop = store.watch(prefix, after, (batch) => lane.run(() => statesOf(batch), () => {
    const events = batch.map((event) => transition(kind, matches, event)).filter((event) => event !== undefined);
    if (events.length) sink.events(events);
  }));
  return () => {
    lane.end();
    stop();
  };
}

const statesOf = (batch: readonly StoreEvent[]): Entry[] => batch.flatMap(({ entry, previous }) => (previous ? [entry, previous] : [entry]));

/** Throws what is wrong with the request itself, whatever is in the store: BadRequest, Invalid. */
export function assertWatchable(kind: Kind, query: WatchQuery): void {
  validateWatchOptions(query);
  selection(kind, query);
  parseResourceVersion(query.resourceVersion);
}

function entryMatcher(kind: Kind, query: WatchQuery): (entry: Entry) => boolean {
  const matches = selection(kind, query);
  return matches ? entryTest(kind, matches, query) : () => true;
}

function transition(kind: Kind, matches: (entry: Entry) => boolean, source: StoreEvent): ServedEvent | undefined {
  const { type, entry, previous } = source;
  const matched = previous !== undefined && matches(previous);
  if (type === 'DELETE') return matched ? { type: 'DELETED', entry: served(kind, entry), source } : undefined;
  if (matches(entry)) return { type: matched ? 'MODIFIED' : 'ADDED', entry: served(kind, entry), source };
  return matched ? { type: 'DELETED', entry: lastMatching(served(kind, previous), entry), source: undefined } : undefined;
}

/** The state that matched last, under the revision of the write that ended it. */
function lastMatching(before: Entry, { revision }: Entry): Entry {
  const object: Unstructured = atRevision(before.object, revision);
  return Entry.ofObject(before.key, revision, object);
}
