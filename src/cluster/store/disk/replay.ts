import type { Entry } from '../entry';
import type { StoreEvent } from '../store';
import type { Change } from './frame';

/** Events again, of the changes of all files in order. `before` of a change stands in its file or came just before. */
export function replay(changes: readonly Change[]): StoreEvent[] {
  const states = new Map<string, Entry>();
  return changes.map(({ type, entry, previousRevision, before }) => {
    const known = states.get(entry.key);
    const previous = previousRevision === 0 ? undefined : known?.revision === previousRevision ? known : before;
    states.set(entry.key, entry);
    return { type, entry, previous };
  });
}

/** The state of `base` (at `revision`) with the events after it; entries that both know are the events'. */
export function* stateAfter(base: Iterable<Entry>, events: readonly StoreEvent[]): Generator<Entry> {
  const latest = new Map(events.map((event) => [event.entry.key, event]));
  for (const entry of base) if (!latest.has(entry.key)) yield entry;
  for (const { type, entry } of latest.values()) if (type === 'PUT') yield entry;
}
