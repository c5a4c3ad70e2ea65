import type { Event } from '../../../src/api/generated/events.v1';
import { events as coreEvents, eventsEvents } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-instrumentation] Events API should ${name}`;
const eventOf = (t: RowContext, name: string, labels: Record<string, string>) => ({
  metadata: { name, labels }, regarding: { namespace: t.namespace }, eventTime: '2017-09-19T13:49:16.000000Z', note: `This is ${name}`,
  action: 'Do', reason: 'Test', type: 'Normal', reportingController: 'test-controller', reportingInstance: 'test-node',
});
const seriesOf = (count: number, lastObservedTime: string) => ({ count, lastObservedTime });

/** Without what the server sets at every write. */
function lasting(event: Event) {
  const { resourceVersion: _version, managedFields: _managers, ...metadata } = event.metadata;
  return { ...event, metadata };
}

row(label('ensure that an event can be fetched, patched, deleted, and listed'), async (t) => {
  const events = t.api(eventsEvents);
  const found = async (namespace: string) => {
    const { items } = await t.api(eventsEvents, namespace).list({ labelSelector: 'constant=true' });
    return items.filter(({ metadata }) => metadata.namespace === t.namespace).map(({ metadata }) => metadata.name);
  };
  await events.create(eventOf(t, 'event', { constant: 'true' }));
  expect([await found(''), await found(t.namespace)]).toEqual([['event'], ['event']]);
  const bySource = await t.api(coreEvents).list({ fieldSelector: 'source=test-controller' });
  expect(bySource.items.map(({ metadata }) => metadata.name)).toEqual(['event']);
  const byController = await events.list({ fieldSelector: 'reportingController=test-controller' });
  expect(byController.items.map(({ metadata }) => metadata.name)).toEqual(['event']);

  const before = await events.get('event');
  const series = seriesOf(2, '2017-09-19T13:49:11.000000Z');
  await events.patch('event', 'strategic', { series });
  const patched = await events.get('event');
  expect(lasting(patched)).toEqual({ ...lasting(before), series });
  const updated = { ...lasting(before), series: seriesOf(100, '2017-09-19T13:49:16.000000Z') };
  await events.update(updated);
  expect(lasting(await events.get('event'))).toEqual(updated);
  await events.delete('event');
  expect([await found(''), await found(t.namespace)]).toEqual([[], []]);
});

row(label('delete a collection of events'), async (t) => {
  const set = { labelSelector: 'set=true' };
  for (const number of [1, 2, 3]) await t.api(eventsEvents).create(eventOf(t, `event-${number}`, { set: 'true' }));
  expect((await t.api(eventsEvents).list(set)).items).toHaveLength(3);
  await t.api(eventsEvents).deleteCollection(set);
  expect((await t.api(eventsEvents).list(set)).items).toEqual([]);
});
