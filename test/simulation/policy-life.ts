import type { Deployment } from '../../src/api/generated/apps.v1';
import type { Pod, ResourceQuota } from '../../src/api/generated/core.v1';
import type { PodDisruptionBudget } from '../../src/api/generated/policy.v1';
import type { KubeObject } from '../../src/api/meta';
import { createInformer } from '../../src/client/informer';
import { isActive, isFinished, isReady } from '../../src/kinds/pod-state';
import { deployments, podDisruptionBudgets, pods, resourceQuotas } from '../../src/kinds/resources';
import type { Faults } from './faulty-client';
import { seededRandom } from './random';
import { deployment, withImage, World } from './world';

const quota = (most: number) => ({ apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few', namespace: 'default' }, spec: { hard: { pods: String(most) } } }) as unknown as ResourceQuota;
const budget = (minAvailable: number) => ({
  apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web', namespace: 'default' },
  spec: { minAvailable, selector: { matchLabels: { app: 'web' } } },
}) as unknown as PodDisruptionBudget;
const evictionOf = ({ metadata: { name, namespace } }: Pod) => ({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } }) as unknown as KubeObject;
const isHealthy = (pod: Pod) => isActive(pod) && isReady(pod);

/** Says how often there were more pods than the quota bears. */
function watchQuota(world: World, most: number, trouble: string[]): () => void {
  const abort = new AbortController();
  const informer = createInformer<Pod>({ client: world.client, resource: pods, clock: world.clock, random: world.random, log: () => undefined }, abort.signal);
  const check = () => {
    const count = informer.list('default').filter((pod) => !isFinished(pod)).length;
    if (count > most) trouble.push(`${count} pods, the quota bears ${most}`);
  };
  informer.subscribe({ added: check, updated: check, deleted: check });
  return () => abort.abort(new Error('stopped'));
}

/** Evicts some pods at once, as drains do that know nothing of each other; what the API refuses stays. */
async function evictSome(world: World, count: number, pick: (all: readonly Pod[]) => Pod, minAvailable: number, trouble: string[]): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    const all = await world.pods();
    if (all.length === 0) return;
    const [victim, healthy] = [pick(all), all.filter(isHealthy).length];
    const evicted = await world.client.create(pods, evictionOf(victim), { subresource: 'eviction', name: victim.metadata.name }).then(() => true, () => false);
    if (evicted && isHealthy(victim) && healthy - 1 < minAvailable) trouble.push(`an eviction left ${healthy - 1} healthy pods, the budget asks for ${minAvailable}`);
  }
}

/** A random life of a deployment under a quota and a budget, with drains, rollouts and crashes: what is wrong with it. */
export async function live(seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(items: readonly T[]): T => items[below(items.length)]!;
  const faults: Partial<Faults> = random() < 0.7 ? { writeFailure: 0.15 * random(), watchLoss: 0.03 * random() } : {};
  const [replicas, spare] = [2 + below(4), 1 + below(2)];
  const minAvailable = 1 + below(replicas - 1);
  const trouble: string[] = [];
  const world = await World.start(seed, { keepsEvents: false });
  await world.client.create(resourceQuotas, quota(replicas + spare));
  await world.client.create(podDisruptionBudgets, budget(minAvailable));
  const endWatch = watchQuota(world, replicas + spare, trouble);
  await world.client.create(deployments, deployment('web', { replicas }));
  await world.clock.advance(30_000);
  Object.assign(world.faults, faults);
  for (let turn = 0; turn < 3; turn++) {
    await evictSome(world, 1 + below(4), pick, minAvailable, trouble);
    await world.clock.advance(random() * 6000);
    if (random() < 0.5) {
      await world.crash();
      world.startLoops(faults);
    }
  }
  await world.edit<Deployment>(deployments, 'web', withImage('web:2'));
  await world.clock.advance(random() * 10_000);
  await world.crash();
  world.startLoops();
  // A ReplicaSet that the quota has refused often comes back after a thousand seconds at the latest, as upstream.
  trouble.push(...await world.rest(1_200_000, async () => {
    const healthy = (await world.pods()).filter((pod) => isHealthy(pod) && pod.spec!.containers[0]!.image === 'web:2').length;
    return healthy === replicas ? [] : [`${healthy} healthy pods instead of ${replicas}`];
  }));
  endWatch();
  await world.stop();
  return trouble;
}
