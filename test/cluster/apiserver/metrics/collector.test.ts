import type { Unstructured } from '../../../../src/api/meta';
import { UsageCollector } from '../../../../src/cluster/apiserver/metrics/collector';
import { createMemoryStore } from '../../../../src/cluster/store';
import { settle, VirtualClock } from '../../../simulation/virtual-clock';

/** A node whose one container uses half a core, and how often it was asked. */
async function world(startedSecondsAgo: number) {
  const clock = new VirtualClock();
  const store = createMemoryStore();
  await store.create('/nodes/node', () => ({ metadata: { name: 'node' } }) as Unstructured);
  await store.create('/nodes/lost', () => ({ metadata: { name: 'lost' } }) as Unstructured);
  const startedAtMs = clock.now() - startedSecondsAgo * 1000;
  const state = { asked: 0, broken: false };
  const samples = () => {
    state.asked++;
    if (state.broken) return Promise.reject(new Error('no answer'));
    const timeMs = clock.now();
    return Promise.resolve([{ nodeName: 'node', podUid: 'uid', container: 'web', startedAtMs, timeMs, cpuNanoseconds: (timeMs - startedAtMs) * 5e5, memoryWorkingSetBytes: 1 }]);
  };
  const collector = new UsageCollector({ store, clock, nodeAgent: (name) => (name === 'node' ? { samples } : undefined) });
  return { clock, collector, state };
}

test('answers at once, and reads on while there is interest', async () => {
  const { clock, collector, state } = await world(20);
  expect(await collector.usages()).toMatchObject([{ cpuNanocores: 5e8, windowMs: 20_000 }]);
  await collector.usages();
  expect(state.asked).toBe(1);
  await clock.advance(15_000);
  expect(state.asked).toBe(2);
  await clock.advance(3_600_000);
  expect(state.asked).toBeLessThan(25);
  expect(clock.pendingTimers).toBe(0);
});

test('looks twice, a second apart, at a container that has run for long', async () => {
  const { clock, collector } = await world(3600);
  const usages = collector.usages();
  await clock.advance(1000);
  expect(await usages).toMatchObject([{ cpuNanocores: 5e8, windowMs: 1000 }]);
  collector.close();
  expect(clock.pendingTimers).toBe(0);
});

test('a node that does not answer has no usage', async () => {
  const { collector, state } = await world(20);
  state.broken = true;
  expect(await collector.usages()).toEqual([]);
  await settle();
  collector.close();
});
