import { live } from './container-life';
import { patienceMs, seedsOf, troubles } from './random';

/* Random lives of real kubelets on a runtime that fails: SEED=42 lives one again, SEEDS=1000 more of them. */
const seeds = seedsOf(6);

describe('random lives of containers', () => {
  it(`leave none without its pod, and no pod without them, in ${seeds.length} of them`, async () => {
    expect(await troubles(seeds, live)).toEqual([]);
  }, patienceMs(seeds.length));
});
