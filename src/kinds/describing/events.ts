import { translateTimestampSince } from '../../api/duration';
import type { Event } from '../../api/generated/core.v1';
import type { KubeObject } from '../../api/meta';
import { eventsQuery, type RelatedQuery } from '../describe';
import type { Write } from './writer';

/** The events about an object. `kind` narrows them, `uid` stands in for the object's own. */
export function eventQuery(object: KubeObject, kind: string | undefined, uid = object.metadata.uid): RelatedQuery {
  const { name, namespace } = object.metadata;
  const selected = { kind, name, namespace: namespace ?? '', uid };
  const fieldSelector = Object.entries(selected).filter(([, value]) => value !== undefined).map(([field, value]) => `involvedObject.${field}=${value}`).join(',');
  return { as: eventsQuery, group: '', version: 'v1', plural: 'events', ...(namespace && { namespace }), fieldSelector };
}

function intervalText(event: Event, nowMs: number): string {
  const first = translateTimestampSince(event.eventTime || event.firstTimestamp, nowMs);
  const { series, count = 0 } = event;
  if (series) return `${translateTimestampSince(series.lastObservedTime, nowMs)} (x${series.count ?? 0} over ${first})`;
  return count > 1 ? `${translateTimestampSince(event.lastTimestamp, nowMs)} (x${count} over ${first})` : first;
}

const lastSeen = ({ lastTimestamp }: Event) => lastTimestamp ? Date.parse(lastTimestamp) : -Infinity;

function byLastSeen(a: Event, b: Event): number {
  const [first, second] = [lastSeen(a), lastSeen(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}

/** The last section of most descriptions; nothing when events were not asked for. */
export function describeEvents(write: Write, events: readonly Event[] | undefined, nowMs: number): void {
  if (!events) return;
  if (events.length === 0) return write(0, 'Events:\t<none>\n');
  write(0, 'Events:\n  Type\tReason\tAge\tFrom\tMessage\n');
  write(1, '----\t------\t----\t----\t-------\n');
  for (const event of [...events].sort(byLastSeen)) {
    const source = event.source?.component || event.reportingComponent || '';
    const cells = [event.type ?? '', event.reason ?? '', intervalText(event, nowMs), source, (event.message ?? '').trim()];
    write(1, `${cells.join('\t')}\n`);
  }
}
