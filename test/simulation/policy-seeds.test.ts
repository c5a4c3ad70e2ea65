import { live } from './policy-life';
import { patienceMs, seedsOf, troubles } from './random';

/* Random lives of a deployment under a quota and a disruption budget: SEED=42 lives one again, SEEDS=1000 more of them. */
const seeds = seedsOf(6);

describe('random lives under a quota and a budget', () => {
  it(`overshoot neither in ${seeds.length} of them`, async () => {
    expect(await troubles(seeds, live)).toEqual([]);
  }, patienceMs(seeds.length));
});
