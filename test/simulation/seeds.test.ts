import { deployments } from '../../src/kinds/resources';
import { live } from './deployment-life';
import { patienceMs, seedsOf, troubles } from './random';
import { deployment, World } from './world';

/*
 * Random lives of a deployment. A seed decides everything, so a failure is replayed by its seed:
 * SEED=42 npx jest test/simulation/seeds
 * SEEDS=1000 tries more of them, FROM=1001 others than the first; node scripts/simulate.mjs as many as fit in a time.
 */
const seeds = seedsOf(12);

describe('random lives of a deployment', () => {
  it(`keeps its promises in ${seeds.length} of them`, async () => {
    expect(await troubles(seeds, live)).toEqual([]);
  }, patienceMs(seeds.length));

  it('lives the same life again by the same seed', async () => {
    const trace = async () => {
      const world = await World.start(7);
      world.faults.writeFailure = 0.2;
      await world.client.create(deployments, deployment('web', { replicas: 5 }));
      await world.clock.advance(30_000);
      const all = (await world.pods()).map(({ metadata, spec }) => `${metadata.name} ${metadata.resourceVersion} ${spec!.nodeName}`);
      await world.stop();
      return all;
    };
    expect(await trace()).toEqual(await trace());
  });
});
