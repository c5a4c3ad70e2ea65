import { events } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-instrumentation] Events should ${name}`;
const eventOf = (t: RowContext, name: string, labels: Record<string, string>) => ({
  metadata: { name, labels }, message: `This is ${name}`, reason: 'Test', type: 'Normal', count: 1, involvedObject: { namespace: t.namespace },
});
const mine = async (t: RowContext) => {
  const { items } = await t.api(events, '').list({ labelSelector: 'constant=true' });
  return items.filter(({ metadata }) => metadata.namespace === t.namespace).map(({ metadata }) => metadata.name);
};

row(label('manage the lifecycle of an event'), async (t) => {
  await t.api(events).create(eventOf(t, 'event', { constant: 'true' }));
  expect(await mine(t)).toEqual(['event']);
  await t.api(events).patch('event', 'strategic', { message: 'patched' });
  const patched = await t.api(events).get('event');
  expect(patched.message).toBe('patched');
  const { resourceVersion: _version, managedFields: _managers, ...metadata } = patched.metadata;
  const wanted = { ...patched, metadata, series: { count: 100, lastObservedTime: '2017-09-19T13:49:16.000000Z' } };
  await t.api(events).update(wanted);
  const { resourceVersion, managedFields, ...left } = (await t.api(events).get('event')).metadata;
  expect([resourceVersion, managedFields]).not.toContain(undefined);
  expect({ ...await t.api(events).get('event'), metadata: left }).toEqual(wanted);
  await t.api(events).delete('event');
  expect(await mine(t)).toEqual([]);
});

row(label('delete a collection of events'), async (t) => {
  const set = { labelSelector: 'set=true' };
  for (const number of [1, 2, 3]) await t.api(events).create(eventOf(t, `event-${number}`, { set: 'true' }));
  expect((await t.api(events).list(set)).items).toHaveLength(3);
  await t.api(events).deleteCollection(set);
  await t.eventually(async () => (await t.api(events).list(set)).items.length === 0);
});
