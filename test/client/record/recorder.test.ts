import type { Event } from '../../../src/api/generated/core.v1';
import { FakeClient } from '../../../src/client/fake';
import { createRecorder, type Recorder } from '../../../src/client/record';
import { events } from '../../../src/kinds/resources';
import { seededRandom } from '../../simulation/random';
import { VirtualClock } from '../../simulation/virtual-clock';

const about = { kind: 'Pod', apiVersion: 'v1', namespace: 'default', name: 'web', uid: '1' };

describe('a recorder', () => {
  let clock: VirtualClock;
  let client: FakeClient;
  let recorder: Recorder;
  const record = (message: string, reason = 'BackOff') => recorder.record({ about, severity: 'Warning', reason, message });
  const all = async () => {
    await recorder.idle();
    return (await client.list<Event>(events)).items;
  };

  beforeEach(() => {
    clock = new VirtualClock();
    client = new FakeClient({ clock, random: seededRandom(1) });
    recorder = createRecorder({ client, clock, log: () => undefined, component: 'kubelet', host: 'node-1' });
  });

  it('writes an event as kubelets do', async () => {
    record('Back-off restarting failed container');
    expect(await all()).toMatchObject([{
      metadata: { name: expect.stringMatching(/^web\.18867251edf[0-9a-f]{5}$/), namespace: 'default' }, involvedObject: about, type: 'Warning', reason: 'BackOff',
      message: 'Back-off restarting failed container', count: 1, source: { component: 'kubelet', host: 'node-1' },
      firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:00:00Z', reportingComponent: 'kubelet', reportingInstance: 'node-1',
    }]);
  });

  it('counts the same event', async () => {
    record('again');
    await clock.advance(90_000);
    record('again');
    record('again');
    expect(await all()).toMatchObject([{ count: 3, firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:01:30Z' }]);
  });

  it('combines events that differ in their message only', async () => {
    for (let at = 0; at < 15; at++) record(`message ${at}`);
    const written = await all();
    expect(written).toHaveLength(10);
    expect(written.at(-1)).toMatchObject({ message: '(combined from similar events): message 14', count: 6 });
  });

  it('cuts a flood off, and lets a drop through later', async () => {
    for (let at = 0; at < 40; at++) record('flood');
    expect((await all())[0]!.count).toBe(25);
    await clock.advance(300_000);
    record('flood');
    record('flood');
    expect((await all())[0]!.count).toBe(26);
  });

  it('writes anew what was deleted meanwhile', async () => {
    record('again');
    const [first] = await all();
    await client.delete(events, first!.metadata.name, 'default');
    record('again');
    expect(await all()).toMatchObject([{ count: 1 }]);
  });

  it('writes an action in the style of events.k8s.io', async () => {
    const scheduler = createRecorder({ client, clock, log: () => undefined, component: 'default-scheduler' });
    const scheduled = { about, severity: 'Normal', reason: 'Scheduled', action: 'Binding', message: 'Successfully assigned default/web to node-1' } as const;
    scheduler.record(scheduled);
    scheduler.record(scheduled);
    await scheduler.idle();
    const [event] = await all();
    expect(event).toMatchObject({ eventTime: '2026-01-01T00:00:00.000000Z', action: 'Binding', reportingComponent: 'default-scheduler', source: {}, series: { count: 2 } });
    expect(event).not.toHaveProperty('firstTimestamp');
  });
});
