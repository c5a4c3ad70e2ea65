import { debounce } from '../../../src/cluster/network/debounce';
import { VirtualClock } from '../../simulation/virtual-clock';

function setup(work: (run: number) => Promise<void>, delayMsLeast?: number) {
  const clock = new VirtualClock();
  const runs: number[] = [];
  const errors: unknown[] = [];
  const start = clock.now();
  const loop = debounce(() => {
    runs.push(clock.now() - start);
    return work(runs.length);
  }, { clock, delayMs: 10, ...(delayMsLeast !== undefined && { delayMsLeast }), retryMs: 100, retryMsMost: 300, onError: (error) => errors.push(error) });
  return { clock, runs, errors, loop };
}

describe('debounced work', () => {
  it('runs once for a burst', async () => {
    const { clock, runs, loop } = setup(async () => undefined);
    for (let call = 0; call < 5; call++) loop.trigger();
    await clock.advance(1000);
    expect(runs).toEqual([10]);
  });

  it('waits as long as the last run took, within limits, where it is told the least', async () => {
    const lastingMs = [0, 5, 500, 0];
    const { clock, runs, loop } = setup((run) => new Promise((resolve) => void clock.schedule(lastingMs[run - 1]!, resolve)), 2);
    for (const waitMs of [100, 100, 600, 100]) {
      loop.trigger();
      await clock.advance(waitMs);
    }
    expect(runs).toEqual([2, 102, 205, 810]);
  });

  it('runs again for what came meanwhile, never two at once', async () => {
    let finish = () => {};
    const { clock, runs, loop } = setup((run) => (run === 1 ? new Promise((resolve) => { finish = resolve; }) : Promise.resolve()));
    loop.trigger();
    await clock.advance(50);
    loop.trigger();
    await clock.advance(50);
    expect(runs).toEqual([10]);
    finish();
    await clock.advance(50);
    expect(runs).toEqual([10, 110]);
  });

  it('backs off while it fails, up to a limit, and starts over after a success', async () => {
    const { clock, runs, errors, loop } = setup(async (run) => {
      if (run < 5) throw new Error(`run ${run}`);
    });
    loop.trigger();
    await clock.advance(2000);
    expect(runs).toEqual([10, 110, 310, 610, 910]);
    expect(errors).toHaveLength(4);
  });

  it('runs at once where it is told to, after the current run, and not again for what was to come', async () => {
    let finish = () => {};
    const { clock, runs, loop } = setup((run) => (run === 1 ? new Promise((resolve) => { finish = resolve; }) : Promise.resolve()));
    loop.trigger();
    await clock.advance(50);
    loop.trigger();
    const done = loop.runNow();
    await clock.advance(50);
    expect(runs).toEqual([10]);
    finish();
    await done;
    expect(runs).toEqual([10, 100]);
    await clock.advance(50);
    expect(runs).toEqual([10, 100]);
  });

  it('ends after the current run', async () => {
    const { clock, runs, loop } = setup(async () => undefined);
    loop.trigger();
    await loop.stop();
    loop.trigger();
    await clock.advance(100);
    expect(runs).toEqual([]);
    expect(clock.pendingTimers).toBe(0);
  });
});
