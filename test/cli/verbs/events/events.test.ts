import { eventTable, eventTimeMs } from '../../../../src/cli/verbs/events/table';
import { events } from '../../../../src/cli/verbs/events/events';
import { eventsFlags } from '../../../../src/cli/verbs/events/flags';
import type { Event } from '../../../../src/api/generated/core.v1';
import { runVerb } from '../run-verb';

const event = (name: string, more: object = {}): Event => ({
  metadata: { name, namespace: 'default' }, type: 'Normal', reason: 'Pulled', message: 'ok\n', involvedObject: { kind: 'Pod', name: 'web' },
  firstTimestamp: '2025-12-31T23:59:00Z', lastTimestamp: '2025-12-31T23:59:30Z', count: 1, ...more,
}) as unknown as Event;

const nowMs = Date.parse('2026-01-01T00:00:00Z');

test.each<[string, object, string]>([
  ['once', {}, '60s'],
  ['several times', { count: 3 }, '30s (x3 over 60s)'],
  ['in a series', { eventTime: '2025-12-31T23:50:00Z', series: { count: 7, lastObservedTime: '2025-12-31T23:59:59Z' } }, '1s (x7 over 10m)'],
  ['at no time', { firstTimestamp: null, lastTimestamp: null }, '<unknown>'],
])('seen %s', (_, more, seen) => {
  const text = eventTable({ noHeaders: true, withNamespace: false })([event('a', more)], nowMs);
  expect(text.split(/ {2,}/)).toEqual([seen, 'Normal', 'Pulled', 'Pod/web', 'ok\n']);
});

test('the heading comes once, also when the table comes piece by piece', () => {
  const print = eventTable({ noHeaders: false, withNamespace: true });
  expect(print([event('a')], nowMs)).toBe('NAMESPACE   LAST SEEN   TYPE     REASON   OBJECT    MESSAGE\ndefault     60s         Normal   Pulled   Pod/web   ok\n');
  expect(print([event('b')], nowMs)).toBe('default     60s         Normal   Pulled   Pod/web   ok\n');
});

test('the time to sort by', () => {
  expect([event('a'), event('b', { series: { lastObservedTime: '2026-01-01T00:00:00Z' } }), event('c', { lastTimestamp: null, eventTime: '2025-01-01T00:00:00Z' })].map(eventTimeMs))
    .toEqual([nowMs - 30_000, nowMs, Date.parse('2025-01-01T00:00:00Z')]);
});

test('a watch shows what comes, but not what goes', async () => {
  const lines = [{ type: 'ADDED', object: event('a') }, { type: 'DELETED', object: event('b') }, { type: 'MODIFIED', object: event('c', { type: 'Warning' }) }];
  const routes = { 'GET /api/v1/namespaces/default/events': lines.map((line) => `${JSON.stringify(line)}\n`).join('') };
  const { out, requests } = await runVerb(events, eventsFlags, '--watch --types=Warning', { routes, nowMs });
  expect(requests).toEqual(['GET /api/v1/namespaces/default/events?watch=true']);
  expect(out).toBe('LAST SEEN   TYPE      REASON   OBJECT    MESSAGE\n60s         Warning   Pulled   Pod/web   ok\n');
});
