import { patienceMs, seedsOf } from './random';
import { live } from './workload-life';

/* Random lives of a StatefulSet, a DaemonSet and some jobs side by side: SEED=42 lives one again, SEEDS=1000 more of them. */
const seeds = seedsOf(6);

describe('random lives of workloads', () => {
  it(`keep their promises in ${seeds.length} of them`, async () => {
    const failures: string[] = [];
    for (const seed of seeds) {
      const trouble = await live(seed);
      if (trouble.length > 0) failures.push(`seed ${seed}: ${[...new Set(trouble)].slice(0, 5).join('; ')}`);
    }
    expect(failures).toEqual([]);
  }, patienceMs(seeds.length));
});
