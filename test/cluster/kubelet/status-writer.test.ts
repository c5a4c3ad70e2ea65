import type { Clock } from '../../../src/api/clock';
import type { Pod, PodStatus } from '../../../src/api/generated/core.v1';
import type { Client } from '../../../src/client/client';
import { StatusWriter } from '../../../src/cluster/kubelet/pod/status-writer';
import { VirtualClock } from '../../simulation/virtual-clock';

const pod: Pod = { metadata: { name: 'web', namespace: 'default', uid: 'u', resourceVersion: '1' }, spec: { containers: [{ name: 'web' }] } };
const container = (state: object, restartCount = 0) => ({ name: 'web', image: 'nginx', imageID: '', ready: false, restartCount, state });
const begins: PodStatus = { phase: 'Pending', containerStatuses: [container({ waiting: { reason: 'ContainerCreating' } })] };
const beginsWithAddress: PodStatus = { ...begins, podIP: '10.0.0.1' };
const runs: PodStatus = { ...beginsWithAddress, phase: 'Running', containerStatuses: [container({ running: {} })] };

/** A writer whose writes are kept with the time of each; timers fire `lateMs` too late. */
function writer(lateMs = 0) {
  const time = new VirtualClock();
  const startMs = time.now();
  const clock: Clock = { now: () => time.now(), schedule: (delayMs, fire) => time.schedule(delayMs + lateMs, fire) };
  const writes: [number, string | undefined, string | undefined][] = [];
  const client = {
    update: (_: unknown, { status, ...rest }: Pod) => {
      writes.push([time.now() - startMs, status?.phase, status?.podIP]);
      return Promise.resolve({ ...rest, status });
    },
  } as unknown as Client;
  const statuses = new StatusWriter(client, clock, () => undefined, (error) => { throw error as Error; });
  return { statuses, writes, pass: (ms: number) => time.advance(ms) };
}

describe('the status of a pod', () => {
  it('that only begins waits for what follows soon, and is one write with it', async () => {
    const { statuses, writes, pass } = writer();
    statuses.set(pod, begins);
    await pass(30);
    statuses.set(pod, beginsWithAddress);
    await pass(30);
    statuses.set(pod, runs);
    await pass(1000);
    expect(writes).toEqual([[60, 'Running', '10.0.0.1']]);
  });

  it('that only begins is written where nothing follows', async () => {
    const { statuses, writes, pass } = writer();
    statuses.set(pod, begins);
    await pass(1000);
    expect(writes).toEqual([[100, 'Pending', undefined]]);
  });

  it.each<[string, PodStatus]>([
    ['a container that waits for its image', { ...begins, containerStatuses: [container({ waiting: { reason: 'ErrImagePull' } })] }],
    ['a container that starts again', { ...begins, containerStatuses: [container({ waiting: { reason: 'ContainerCreating' } }, 1)] }],
    ['a pod that runs', runs],
    ['a pod that failed', { phase: 'Failed', reason: 'Evicted' }],
  ])('is written at once: %s', async (_, status) => {
    const { statuses, writes, pass } = writer();
    statuses.set(pod, status);
    await pass(0);
    expect(writes).toHaveLength(1);
  });

  it('that only begins waits longer in a process that is late with everything, but not without end', async () => {
    const { statuses, writes, pass } = writer(400);
    statuses.set(pod, begins);
    await pass(4500);
    expect(writes).toEqual([]);
    await pass(2000);
    expect(writes).toEqual([[5000, 'Pending', undefined]]);
  });

  it('is written whole when the writer is asked to finish', async () => {
    const { statuses, writes } = writer();
    statuses.set(pod, begins);
    await statuses.flush();
    expect(writes).toHaveLength(1);
  });

  it('starts from what was found out last, also of a pod that has ended: two versions would be written in turns for ever', () => {
    const ended = (lastTransitionTime: string): PodStatus => ({ phase: 'Succeeded', conditions: [{ type: 'Ready', status: 'False', lastTransitionTime }] });
    const { statuses } = writer();
    statuses.set(pod, ended('2026-01-01T00:00:03Z'));
    expect(statuses.overlay({ ...pod, status: ended('2026-01-01T00:00:02Z') }).status).toEqual(ended('2026-01-01T00:00:03Z'));
  });

  it('holds when others have ended the pod', () => {
    const { statuses } = writer();
    const failed: PodStatus = { phase: 'Failed', reason: 'NodeLost', conditions: [] };
    statuses.set(pod, runs);
    expect(statuses.overlay({ ...pod, status: failed }).status).toEqual(failed);
  });
});
