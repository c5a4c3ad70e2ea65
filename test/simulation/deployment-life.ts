import type { Deployment } from '../../src/api/generated/apps.v1';
import { deployments } from '../../src/kinds/resources';
import type { Faults } from './faulty-client';
import { unrest, Watchdog } from './invariants';
import { seededRandom } from './random';
import { deployment, withImage, withReplicas, World } from './world';

const fenceposts: [number | string, number | string][] = [[1, 0], [0, 1], ['25%', '25%'], [2, 1], ['50%', 0], [1, '34%'], ['100%', '10%']];

/** A random life of a deployment: what is wrong with it, nothing if all is well. The seed decides everything. */
export async function live(seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const faults: Partial<Faults> = random() < 0.6 ? { writeFailure: 0.15 * random(), watchLoss: 0.03 * random() } : {};
  const [maxSurge, maxUnavailable] = pick(fenceposts);
  const onlyTemplates = random() < 0.5;

  const world = await World.start(seed, { keepsEvents: false });
  const watchdog = new Watchdog(world);
  let wanted = deployment('web', {
    replicas: 1 + Math.floor(random() * 8), image: 'web:0', minReadySeconds: pick([0, 0, 3]),
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } as Deployment['spec']['strategy'],
  });
  const trouble: string[] = [];
  const rest = async () => {
    trouble.push(...await world.rest(90_000, () => unrest(world, wanted)));
    watchdog.calm(wanted, onlyTemplates);
  };

  watchdog.changed(wanted);
  await world.client.create(deployments, wanted);
  await rest();
  Object.assign(world.faults, faults);
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
  await world.crash();
  world.startLoops();
  await rest();

  watchdog.stop();
  await world.client.delete(deployments, 'web', 'default', { propagationPolicy: pick(['Background', 'Foreground']) });
  const left = async () => [...await world.deployments(), ...await world.replicaSets(), ...await world.pods()].map(({ metadata }) => `${metadata.name} is left`);
  trouble.push(...await world.rest(60_000, left), ...watchdog.violations);
  await world.stop();
  if (world.clock.pendingTimers > 0) trouble.push(`${world.clock.pendingTimers} timers are left`);
  return trouble;
}
