import type { Deployment } from '../../src/api/generated/apps.v1';
import { deployments } from '../../src/kinds/resources';
import type { Faults } from './faulty-client';
import { unrest, Watchdog } from './invariants';
import { patienceMs, seededRandom, seedsOf } from './random';
import { deployment, withImage, withReplicas, World } from './world';

/*
 * Random lives of a deployment. A seed decides everything, so a failure is replayed by its seed:
 * SEED=42 npx jest test/simulation/seeds
 * SEEDS=1000 tries more of them, FROM=1001 others than the first.
 */
const seeds = seedsOf(12);

const fenceposts: [number | string, number | string][] = [[1, 0], [0, 1], ['25%', '25%'], [2, 1], ['50%', 0], [1, '34%'], ['100%', '10%']];

async function live(seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const faults: Partial<Faults> = random() < 0.6 ? { writeFailure: 0.15 * random(), watchLoss: 0.03 * random() } : {};
  const [maxSurge, maxUnavailable] = pick(fenceposts);
  const onlyTemplates = random() < 0.5;

  const world = await World.start(seed);
  const watchdog = new Watchdog(world);
  let wanted = deployment('web', {
    replicas: 1 + Math.floor(random() * 8), image: 'web:0', minReadySeconds: pick([0, 0, 3]),
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } as Deployment['spec']['strategy'],
  });
  const trouble: string[] = [];
  const rest = async () => {
    await world.crash();
    world.startLoops();
    await world.clock.advance(90_000);
    trouble.push(...await unrest(world, wanted));
    watchdog.calm(wanted, onlyTemplates);
  };

  watchdog.changed(wanted);
  await world.client.create(deployments, wanted);
  await rest();
  await world.crash();
  world.startLoops(faults);
  for (let change = 1 + Math.floor(random() * 5); change > 0; change--) {
    const edit = onlyTemplates || random() < 0.5 ? withImage(`web:${Math.floor(random() * 4)}`) : withReplicas(Math.floor(random() * 9));
    wanted = edit(wanted);
    watchdog.changed(wanted);
    await world.edit<Deployment>(deployments, 'web', edit);
    await world.clock.advance(random() * 8000);
    if (random() < 0.3) {
      await world.crash();
      await world.clock.advance(random() * 3000);
      world.startLoops(faults);
    }
  }
  await world.clock.advance(20_000);
  await rest();

  watchdog.stop();
  await world.client.delete(deployments, 'web', 'default', { propagationPolicy: pick(['Background', 'Foreground']) });
  await world.clock.advance(60_000);
  const left = [...await world.deployments(), ...await world.replicaSets(), ...await world.pods()];
  trouble.push(...left.map(({ metadata }) => `${metadata.name} is left`), ...watchdog.violations);
  await world.stop();
  if (world.clock.pendingTimers > 0) trouble.push(`${world.clock.pendingTimers} timers are left`);
  return trouble;
}

describe('random lives of a deployment', () => {
  it(`keeps its promises in ${seeds.length} of them`, async () => {
    const failures: string[] = [];
    for (const seed of seeds) {
      const trouble = await live(seed);
      if (trouble.length > 0) failures.push(`seed ${seed}: ${[...new Set(trouble)].slice(0, 5).join('; ')}`);
    }
    expect(failures).toEqual([]);
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
