import type { Deployment, ReplicaSet } from '../../src/api/generated/apps.v1';
import type { Pod } from '../../src/api/generated/core.v1';
import { controllerOf } from '../../src/api/meta';
import { createInformer } from '../../src/client/informer';
import { isActive, isReady } from '../../src/kinds/pod-state';
import { pods } from '../../src/kinds/resources';
import { maxReplicas, maxUnavailable } from '../../src/kinds/apps/deployment/fenceposts';
import type { World } from './world';

/** Bounds on the pods of a deployment, checked at every change of a pod. */
export class Watchdog {
  readonly violations: string[] = [];
  private specs: Deployment[] = [];
  private watchAvailability = false;
  private readonly abort = new AbortController();

  constructor(private readonly world: World) {
    const informer = createInformer<Pod>({ client: world.client, resource: pods, clock: world.clock, random: world.random, log: () => undefined }, this.abort.signal);
    const check = () => this.check(informer.list('default'));
    informer.subscribe({ added: check, updated: check, deleted: check });
  }

  /** A new spec was written. All since the last calm count. */
  changed(spec: Deployment): void {
    this.specs.push(spec);
  }

  /** Everything has come to rest with this spec. `watchAvailability`: from here on only templates change. */
  calm(spec: Deployment, watchAvailability: boolean): void {
    this.specs = [spec];
    this.watchAvailability = watchAvailability;
  }

  stop(): void {
    this.abort.abort(new Error('stopped'));
  }

  private check(all: readonly Pod[]): void {
    if (this.specs.length === 0) return;
    const active = all.filter(isActive);
    const most = Math.max(...this.specs.map(maxReplicas));
    if (active.length > most) this.violations.push(`${active.length} pods, at most ${most} are allowed`);
    if (!this.watchAvailability) return;
    const least = Math.min(...this.specs.map((spec) => (spec.spec.replicas ?? 1) - maxUnavailable(spec)));
    const ready = active.filter(isReady).length;
    if (ready < least) this.violations.push(`${ready} pods are available, at least ${least} have to be`);
  }
}

/** What has to hold when everything has come to rest. Returns what does not. */
export async function unrest(world: World, wanted: Deployment): Promise<string[]> {
  const [found] = await world.deployments();
  const sets = await world.replicaSets();
  const all = await world.pods();
  const image = wanted.spec.template.spec!.containers[0]!.image;
  const replicas = wanted.spec.replicas ?? 1;
  const status = found?.status ?? {};
  const counts = [status.replicas, status.updatedReplicas, status.readyReplicas, status.availableReplicas].map((count) => count ?? 0);
  return [
    ...(all.length === replicas ? [] : [`${all.length} pods instead of ${replicas}`]),
    ...all.filter((pod) => pod.spec!.containers[0]!.image !== image).map((pod) => `${pod.metadata.name} has an old template`),
    ...all.filter((pod) => !isReady(pod)).map((pod) => `${pod.metadata.name} is not ready`),
    ...all.filter((pod) => !isOwnedBy(pod, sets)).map((pod) => `${pod.metadata.name} is an orphan`),
    ...(counts.every((count) => count === replicas) ? [] : [`status ${counts.join('/')} instead of ${replicas}`]),
    ...(status.observedGeneration === found?.metadata.generation ? [] : ['the last generation was not observed']),
  ];
}

const isOwnedBy = (pod: Pod, sets: readonly ReplicaSet[]) => sets.some((set) => set.metadata.uid === controllerOf(pod)?.uid);
