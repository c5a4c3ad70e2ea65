import { translateTimestampSince } from '../../api/duration';
import type { Event } from '../../api/generated/core.v1';
import type { Column, PrintContext } from '../kind';
import { wide } from '../printing';

function firstSeen({ firstTimestamp, eventTime }: Event, { nowMs }: PrintContext): string {
  return translateTimestampSince(firstTimestamp ?? eventTime, nowMs);
}

function lastSeen(event: Event, context: PrintContext): string {
  if (event.series) return translateTimestampSince(event.series.lastObservedTime, context.nowMs);
  return event.lastTimestamp ? translateTimestampSince(event.lastTimestamp, context.nowMs) : firstSeen(event, context);
}

function objectText({ involvedObject: { kind, name } }: Event): string {
  const lowerKind = (kind ?? '').toLowerCase();
  return name ? `${lowerKind}/${name}` : lowerKind;
}

function sourceText({ source, reportingComponent, reportingInstance }: Event): string {
  const component = source?.component || reportingComponent || '';
  const instance = source?.host || reportingInstance;
  return instance ? `${component}, ${instance}` : component;
}

/** Events in the newer API have no count unless they are a series. */
const countOf = ({ series, count }: Event) => series ? series.count ?? 0 : count || 1;

/** Of the stored form: both versions print alike. */
export const eventColumns: readonly Column<Event>[] = [
  { name: 'Last Seen', value: lastSeen },
  { name: 'Type', value: (event) => event.type ?? '' },
  { name: 'Reason', value: (event) => event.reason ?? '' },
  { name: 'Object', value: objectText },
  wide('Subobject', (event) => event.involvedObject.fieldPath ?? ''),
  wide('Source', sourceText),
  { name: 'Message', value: (event) => (event.message ?? '').trim() },
  wide('First Seen', firstSeen),
  wide('Count', countOf),
  { name: 'Name', format: 'name', priority: 1, value: (event) => event.metadata.name },
];
