import { WorkQueue } from '../../../src/cluster/controllers/work-queue';
import { settle, VirtualClock } from '../../simulation/virtual-clock';

describe('the work queue', () => {
  let clock: VirtualClock;
  let started: string[];
  let finish: Map<string, () => void>;
  let queue: WorkQueue;
  const create = (workers: number) => new WorkQueue({ clock, workers, work: (key) => {
    started.push(key);
    return new Promise((resolve) => finish.set(key, resolve));
  } });

  beforeEach(() => {
    clock = new VirtualClock();
    started = [];
    finish = new Map();
    queue = create(2);
  });

  it('begins when started, with each key once, in the order of arrival', () => {
    ['a', 'b', 'a'].forEach((key) => queue.add(key));
    expect(started).toEqual([]);
    queue.start();
    expect(started).toEqual(['a', 'b']);
  });

  it('works on as many keys at a time as there are workers', async () => {
    queue.start();
    ['a', 'b', 'c'].forEach((key) => queue.add(key));
    await clock.advance(0);
    expect(started).toEqual(['a', 'b']);
    finish.get('a')!();
    await settle();
    expect(started).toEqual(['a', 'b', 'c']);
  });

  it('never works on a key twice at a time, but again if it was added meanwhile', async () => {
    queue.start();
    queue.add('a');
    await clock.advance(0);
    ['a', 'a'].forEach((key) => queue.add(key));
    await clock.advance(0);
    expect(started).toEqual(['a']);
    finish.get('a')!();
    await settle();
    expect(started).toEqual(['a', 'a']);
    finish.get('a')!();
    await settle();
    expect(started).toEqual(['a', 'a']);
  });

  it('tells a key once of what comes in one turn', async () => {
    queue.start();
    queue.add('a');
    await settle();
    queue.add('a');
    expect(started).toEqual([]);
    await clock.advance(0);
    expect(started).toEqual(['a']);
    finish.get('a')!();
    await clock.advance(0);
    expect(started).toEqual(['a']);
  });

  it('delays by the earliest wish', async () => {
    queue.start();
    queue.addAfter('a', 500);
    queue.addAfter('a', 100);
    queue.addAfter('a', 300);
    await clock.advance(99);
    expect(started).toEqual([]);
    await clock.advance(1);
    expect(started).toEqual(['a']);
    expect(clock.pendingTimers).toBe(0);
  });

  it('backs off per key until told to forget', async () => {
    const times: number[] = [];
    const begin = clock.now();
    const failing: WorkQueue = new WorkQueue({ clock, workers: 1, work: async (key) => {
      times.push(clock.now() - begin);
      if (times.length === 4) failing.forget(key);
      if (times.length < 6) failing.retry(key);
    } });
    failing.start();
    failing.add('a');
    await clock.advance(10_000);
    expect(times).toEqual([0, 5, 15, 35, 40, 50]);
  });

  it('stops when what is in work has ended, and keeps no timer', async () => {
    queue.start();
    queue.add('a');
    await clock.advance(0);
    queue.addAfter('b', 100);
    queue.add('d');
    let stopped = false;
    void queue.stop().then(() => { stopped = true; });
    queue.add('c');
    await settle();
    expect([stopped, clock.pendingTimers]).toEqual([false, 0]);
    finish.get('a')!();
    await settle();
    expect([stopped, started]).toEqual([true, ['a']]);
  });
});
