import type { Pod } from '../../../src/api/generated/core.v1';
import { SchedulingQueue } from '../../../src/cluster/scheduler/queue';
import { VirtualClock } from '../../simulation/virtual-clock';
import { pod } from './cluster';

describe('the scheduling queue', () => {
  let clock: VirtualClock;
  let queue: SchedulingQueue;
  let woken: number;
  const next = () => queue.pop()?.info.pod;
  const withPriority = (priority: number): Pod => pod({ priority });

  beforeEach(() => {
    clock = new VirtualClock();
    woken = 0;
    queue = new SchedulingQueue(clock, () => { woken += 1; });
  });

  it('gives higher priorities first, then who came first', () => {
    const pods = [withPriority(0), withPriority(5), withPriority(0), withPriority(9)];
    pods.forEach((each) => queue.add(each));
    expect([next(), next(), next(), next(), next()]).toEqual([pods[3], pods[1], pods[0], pods[2], undefined]);
  });

  it('keeps what fits nowhere until the cluster changes and its back-off is over', async () => {
    queue.add(pod());
    queue.unschedulable(queue.pop()!);
    await clock.advance(5000);
    expect(next()).toBeUndefined();
    queue.moveAll();
    queue.unschedulable(queue.pop()!);
    queue.moveAll();
    expect(next()).toBeUndefined();
    await clock.advance(2000);
    expect(next()).toBeDefined();
  });

  it('tries again when the cluster changed during a try', async () => {
    queue.add(pod());
    const entry = queue.pop()!;
    queue.moveAll();
    queue.unschedulable(entry);
    await clock.advance(1000);
    expect(queue.pop()).toBe(entry);
  });

  it('looks at leftovers every five minutes', async () => {
    queue.add(pod());
    queue.unschedulable(queue.pop()!);
    await clock.advance(300_000);
    expect(next()).toBeDefined();
  });

  it('backs off up to ten seconds', async () => {
    queue.add(pod());
    const delays: number[] = [];
    for (let at = 0; at < 6; at++) {
      const before = clock.now();
      queue.failed(queue.pop()!);
      const calls = woken;
      while (woken === calls) await clock.advance(100);
      delays.push(clock.now() - before);
    }
    expect(delays).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
  });

  it('forgets what was taken out, timers included', () => {
    const gone = pod();
    queue.add(gone);
    const entry = queue.pop()!;
    queue.remove(gone.metadata.uid!);
    queue.failed(entry);
    queue.unschedulable(entry);
    expect(clock.pendingTimers).toBe(0);
    queue.add(pod());
    queue.unschedulable(queue.pop()!);
    queue.stop();
    expect(clock.pendingTimers).toBe(0);
  });
});
