import type { Deployment } from '../../src/api/generated/apps.v1';
import type { Job } from '../../src/api/generated/batch.v1';
import type { Pod } from '../../src/api/generated/core.v1';
import { isFinished, isReady } from '../../src/kinds/pod-state';
import { deployments, jobs, pods } from '../../src/kinds/resources';
import type { Sandbox } from '../../src/runtime/port';
import { NodeFleet } from './node-fleet';
import { seededRandom } from './random';
import { deployment, withImage, withReplicas, World } from './world';
import { job } from './workloads';

const running = (sandboxes: readonly Sandbox[]) => sandboxes.flatMap(({ containers }) => containers).filter(({ state }) => state === 'running');

/** What holds at any time: no container runs twice for one pod. */
function twins(sandboxes: readonly Sandbox[]): string[] {
  const names = sandboxes.flatMap(({ podUid, containers }) => containers.filter(({ state }) => state === 'running').map(({ name }) => `${podUid} ${name}`));
  return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `two containers run as ${name}`);
}

/** What holds at rest: each container has its pod, and each pod its containers, as its status says. */
function strays(sandboxes: readonly Sandbox[], all: readonly Pod[]): string[] {
  const known = new Set(all.map(({ metadata }) => metadata.uid));
  const orphans = sandboxes.filter(({ podUid }) => !known.has(podUid)).map(({ podName }) => `the sandbox of ${podName} has no pod`);
  const wrong = all.filter((pod) => pod.spec.nodeName && !isFinished(pod)).filter(({ metadata, spec, status }) => {
    const ids = running(sandboxes.filter(({ podUid }) => podUid === metadata.uid)).map(({ id }) => id);
    const told = (status?.containerStatuses ?? []).map(({ containerID = '' }) => containerID.split('//')[1]);
    return ids.length !== spec.containers.length || [...ids].sort().join() !== told.sort().join();
  }).map(({ metadata }) => `${metadata.name} does not have the containers that its status tells of`);
  const busy = all.filter(isFinished).filter(({ metadata }) => running(sandboxes.filter(({ podUid }) => podUid === metadata.uid)).length > 0);
  return [...orphans, ...wrong, ...busy.map(({ metadata }) => `${metadata.name} is over and runs`)];
}

type Templated = Pick<Deployment['spec'], 'template'>;

/** Without the token and the certificate that nobody makes here. */
const withoutToken = ({ template }: Templated, annotations: Record<string, string> = {}): Templated =>
  ({ template: { metadata: { ...template.metadata, annotations }, spec: { ...template.spec!, automountServiceAccountToken: false } } });

const web = (replicas: number): Deployment => {
  const object = deployment('web', { replicas });
  return { ...object, spec: { ...object.spec, ...withoutToken(object.spec) } };
};

/** Two pods that end by themselves. */
const endingJob = (): Job => {
  const object = job('sum', 'worker:1', { completions: 2, parallelism: 2 });
  return { ...object, spec: { ...object.spec, ...withoutToken(object.spec, { 'knarr.dev/sim-run-for': '3s' }) } };
};

/** A random life of real kubelets on an unreliable runtime, with pods that come, change and go: what is wrong with it. */
export async function live(seed: number): Promise<string[]> {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const trouble: string[] = [];
  const world = await World.start(seed, { nodeCount: 0, keepsEvents: false });
  const fleet = new NodeFleet(world, 2);
  await fleet.start();
  const suffer = () => {
    Object.assign(world.faults, random() < 0.5 ? { writeFailure: 0.1 * random(), watchLoss: 0.03 * random() } : {});
    Object.assign(fleet.faults, random() < 0.7 ? { failure: 0.2 * random(), eventLoss: 0.2 * random() } : {});
  };
  const restart = async () => {
    await fleet.crash();
    await world.clock.advance(random() * 3000);
    world.startLoops();
    await fleet.start();
  };

  let replicas = 1 + below(4);
  await world.client.create(deployments, web(replicas));
  await world.client.create(jobs, endingJob());
  suffer();
  for (let turn = 2 + below(3); turn > 0; turn--) {
    await world.clock.advance(random() * 3000);
    const [victim] = await world.pods();
    const way = below(4);
    if (way === 0) await world.edit<Deployment>(deployments, 'web', withReplicas(replicas = below(5)));
    if (way === 1) await world.edit<Deployment>(deployments, 'web', withImage(`web:${turn}`));
    if (way > 1 && victim) await world.client.delete(pods, victim.metadata.name, 'default', way === 2 ? { gracePeriodSeconds: 0 } : {}).catch(() => undefined);
    await world.clock.advance(random() * 2000);
    trouble.push(...twins(await fleet.runtime.snapshot()));
    if (random() < 0.5) {
      await restart();
      suffer();
    }
  }
  await restart();
  trouble.push(...await world.rest(900_000, async () => {
    const [sandboxes, all] = [await fleet.runtime.snapshot(), await world.pods()];
    const ready = all.filter((pod) => pod.metadata.labels?.app === 'web' && isReady(pod)).length;
    return [...strays(sandboxes, all), ...twins(sandboxes), ...(ready === replicas ? [] : [`${ready} pods are ready instead of ${replicas}`])];
  }));
  await world.client.delete(deployments, 'web', 'default', { propagationPolicy: 'Background' });
  await world.client.delete(jobs, 'sum', 'default', { propagationPolicy: 'Background' });
  trouble.push(...await world.rest(120_000, async () => (await fleet.runtime.snapshot()).map(({ podName }) => `the sandbox of ${podName} is left`)));
  await fleet.stop();
  await world.stop();
  return trouble;
}
