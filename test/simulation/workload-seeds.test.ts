import { patienceMs, seedsOf, troubles } from './random';
import { live } from './workload-life';

/* Random lives of a StatefulSet, a DaemonSet and some jobs side by side: SEED=42 lives one again, SEEDS=1000 more of them. */
const seeds = seedsOf(6);

describe('random lives of workloads', () => {
  it(`keep their promises in ${seeds.length} of them`, async () => {
    expect(await troubles(seeds, live)).toEqual([]);
  }, patienceMs(seeds.length));
});
