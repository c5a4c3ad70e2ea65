import { live } from './policy-life';
import { patienceMs, seedsOf } from './random';

/* Random lives of a deployment under a quota and a disruption budget: SEED=42 lives one again, SEEDS=1000 more of them. */
const seeds = seedsOf(6);

describe('random lives under a quota and a budget', () => {
  it(`overshoot neither in ${seeds.length} of them`, async () => {
    const failures: string[] = [];
    for (const seed of seeds) {
      const trouble = await live(seed);
      if (trouble.length > 0) failures.push(`seed ${seed}: ${[...new Set(trouble)].slice(0, 5).join('; ')}`);
    }
    expect(failures).toEqual([]);
  }, patienceMs(seeds.length));
});
