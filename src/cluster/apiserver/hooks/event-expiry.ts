import type { Event } from '../../../api/generated/core.v1';
import { isStoreError } from '../../store';
import type { Registry } from '../registry/registry';
import { atRevision } from '../registry/served';

/** How long events are kept after they were last seen. Source: --event-ttl. */
const keptMs = 60 * 60 * 1000;
const everyMs = 60 * 1000;

/** Removes old events, from now on and every minute; returns the function that ends it. */
export function expireEvents(registry: Registry, log: (line: string) => void): () => void {
  let cancel = () => {};
  let ended = false;
  const next = () => {
    cancel = registry.clock.schedule(everyMs, () => {
      void removeExpired(registry).catch((error: unknown) => log(`cannot remove old events: ${String(error)}`)).finally(() => ended || next());
    });
  };
  next();
  return () => {
    ended = true;
    cancel();
  };
}

async function removeExpired({ store, clock }: Registry): Promise<void> {
  const expired = store.list('/events/').entries.filter(({ object }) => lastSeenMs(object as unknown as Event) < clock.now() - keptMs);
  await Promise.all(expired.map(({ key, revision, object }) => store.delete(key, revision, (deleted) => atRevision(object, deleted)).catch((error: unknown) => {
    if (!isStoreError(error, 'KeyNotFound', 'RevisionMismatch', 'Closed')) throw error;
  })));
}

const lastSeenMs = ({ metadata, lastTimestamp, eventTime, series }: Event) =>
  Math.max(...[metadata.creationTimestamp, lastTimestamp, eventTime, series?.lastObservedTime].map((time) => (time ? Date.parse(time) : 0)));
