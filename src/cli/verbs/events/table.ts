import { translateTimestampSince } from '../../../api/duration';
import type { Event } from '../../../api/generated/core.v1';
import { escapeTerminal, tableWriter } from '../../print/table';

export interface EventTableOptions {
  readonly noHeaders: boolean;
  readonly withNamespace: boolean;
}

/** Lays out events piece by piece, the heading first. After event_printer.go in k8s.io/kubectl/pkg/cmd/events. */
export function eventTable({ noHeaders, withNamespace }: EventTableOptions): (events: readonly Event[], nowMs: number) => string {
  const layOut = tableWriter();
  let headingDue = !noHeaders;
  return (events, nowMs) => {
    const heading = headingDue ? [[...(withNamespace ? ['NAMESPACE'] : []), 'LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE']] : [];
    headingDue = false;
    const rows = events.map((event) => [...(withNamespace ? [event.metadata.namespace ?? ''] : []), ...cellsOf(event, nowMs)]);
    return layOut([...heading, ...rows].map((cells) => `${cells.join('\t')}\n`).join(''));
  };
}

function cellsOf(event: Event, nowMs: number): string[] {
  const { kind = '', name = '' } = event.involvedObject ?? {};
  const text = [event.type ?? '', event.reason ?? '', kind, name, (event.message ?? '').trim()].map(escapeTerminal);
  return [lastSeen(event, nowMs), text[0]!, text[1]!, `${text[2]}/${text[3]}`, text[4]!];
}

function lastSeen({ eventTime, firstTimestamp, lastTimestamp, series, count = 0 }: Event, nowMs: number): string {
  const since = (time: string | null | undefined) => translateTimestampSince(time, nowMs);
  const first = since(eventTime || firstTimestamp);
  if (series) return `${since(series.lastObservedTime)} (x${series.count ?? 0} over ${first})`;
  return count > 1 ? `${since(lastTimestamp)} (x${count} over ${first})` : first;
}

/** When an event was last seen, in milliseconds; 0 when it does not say. */
export function eventTimeMs({ series, lastTimestamp, eventTime }: Event): number {
  const time = series ? series.lastObservedTime : lastTimestamp || eventTime;
  return time ? Date.parse(time) : 0;
}
