import type { Random } from '../../src/api/clock';
import type { Deployment, ReplicaSet } from '../../src/api/generated/apps.v1';
import type { Pod } from '../../src/api/generated/core.v1';
import type { KubeObject } from '../../src/api/meta';
import type { Client } from '../../src/client/client';
import { createInformerSet } from '../../src/client/informer';
import { createRegistry } from '../../src/cluster/apiserver/server';
import { startControllers } from '../../src/cluster/controllers';
import { fixedKinds } from '../../src/cluster/controllers/kind-source';
import { inProcessClient } from '../../src/cluster/daemon/in-process-client';
import { startVolumeKeeper } from '../../src/cluster/kubelet';
import { startScheduler } from '../../src/cluster/scheduler';
import { createMemoryStore } from '../../src/cluster/store';
import { kinds } from '../../src/kinds';
import { standardClass } from '../../src/kinds/local-storage/local-storage';
import { deployments, namespaces, pods, replicaSets, storageClasses, type ResourceRef } from '../../src/kinds/resources';
import type { Runtime } from '../../src/runtime/port';
import { createNode, startFakeKubelet } from './fake-kubelet';
import { faultyClient, noFaults, withoutEvents, type Faults } from './faulty-client';
import { seededRandom } from './random';
import { settle, VirtualClock } from './virtual-clock';

export interface WorldOptions {
  nodeCount?: number;
  /** False where nobody reads the loops' events, which are a good part of what is written. */
  keepsEvents?: boolean;
}

/** Of the kinds that the lives have something of: what looks at all kinds, as the garbage collector does, begins anew after each crash. */
const livedGroups = new Set(['', 'apps', 'autoscaling', 'batch', 'coordination.k8s.io', 'discovery.k8s.io', 'policy', 'scheduling.k8s.io', 'storage.k8s.io']);
const livedKinds = fixedKinds(kinds.filter(({ group }) => livedGroups.has(group)));

/** How long nothing may be wrong until everything counts as come to rest. */
const calmMs = 15_000;
const lookEveryMs = 5_000;
/** One life in so many rests as long as it may, for what goes wrong late. */
const wholeRestEvery = 10;

/** A whole control plane in one process, in virtual time: everything in it follows from the seed. */
export class World {
  readonly clock = new VirtualClock();
  readonly random: Random;
  /** Of the loops that run now. */
  faults: Faults = { ...noFaults };
  /** As the user sees the API: without faults. */
  readonly client: Client;
  readonly log: string[] = [];
  /** Volumes whose files were removed. */
  readonly erased: string[] = [];
  private loops: { stop(): Promise<void> | void }[] = [];
  private readonly kubelets = new Map<string, { stop(): void }>();

  private constructor(private readonly seed: number, private readonly keepsEvents: boolean) {
    this.random = seededRandom(seed);
    const registry = createRegistry({
      store: createMemoryStore(), kinds, clock: this.clock, random: this.random, serviceCIDR: '10.96.0.0/16', nodePortRange: { from: 30000, to: 32767 },
    });
    this.client = inProcessClient(registry, { name: 'system:admin', groups: ['system:masters'] });
  }

  static async start(seed: number, { nodeCount = 3, keepsEvents = true }: WorldOptions = {}): Promise<World> {
    const world = new World(seed, keepsEvents);
    for (const name of ['default', 'kube-node-lease']) await world.client.create(namespaces, { metadata: { name } } as KubeObject);
    await world.client.create(storageClasses, standardClass);
    for (let at = 0; at < nodeCount; at++) await world.addNode(`node-${at}`);
    world.startLoops();
    await settle();
    return world;
  }

  async addNode(name: string, cpu?: string): Promise<void> {
    await createNode(this.client, name, cpu);
    this.kubelets.set(name, startFakeKubelet({ client: this.client, clock: this.clock, random: this.random, nodeName: name }));
  }

  /** The machine is unplugged. */
  silence(nodeName: string): void {
    this.kubelets.get(nodeName)!.stop();
    this.kubelets.delete(nodeName);
  }

  /** As when the daemon comes up: with nothing but what is stored. */
  startLoops(faults: Partial<Faults> = {}): void {
    const { clock, random } = this;
    this.faults = { ...noFaults, ...faults };
    const faulty = faultyClient(this.client, this.faults, random);
    const client = this.keepsEvents ? faulty : withoutEvents(faulty);
    const log = (line: string) => this.log.push(`${clock.now()} ${line}`);
    const informers = createInformerSet({ client, clock, random, log });
    const loop = { client, clock, random, log, informers };
    this.loops = [
      { stop: () => informers.stop() }, startControllers({ ...loop, volumesDirectory: '/volumes', kinds: livedKinds }), startScheduler(loop),
      startVolumeKeeper({ ...loop, runtime: this.erasing }),
    ];
  }

  private readonly erasing = {
    eraseVolume: (content) => Promise.resolve(void this.erased.push(content.type === 'host' ? content.path : content.id)),
  } as Pick<Runtime, 'eraseVolume'>;

  /**
   * Lets time pass until nothing has been wrong for a while, and for `limitMs` at most: what is wrong then. A world
   * that is at rest would only grow older.
   */
  async rest(limitMs: number, wrong: () => Promise<string[]>): Promise<string[]> {
    const { clock } = this;
    const [endMs, startMs] = [clock.now() + limitMs, clock.now()];
    let calmSinceMs = startMs;
    for (;;) {
      await clock.advance(Math.min(lookEveryMs, endMs - clock.now()));
      const found = await wrong();
      if (found.length) calmSinceMs = clock.now();
      if (clock.now() >= endMs || (clock.now() - calmSinceMs >= calmMs && this.seed % wholeRestEvery !== 0)) return found;
    }
  }

  /** As when it is killed: what was under way gets no answer any more. */
  async crash(): Promise<void> {
    this.faults.cut = true;
    await this.stopLoops();
  }

  private async stopLoops(): Promise<void> {
    const stopping = Promise.all(this.loops.map((loop) => loop.stop()));
    this.loops = [];
    await this.clock.advance(0);
    await stopping;
  }

  async stop(): Promise<void> {
    await this.stopLoops();
    for (const kubelet of this.kubelets.values()) kubelet.stop();
    await settle();
  }

  async list<T extends KubeObject>(resource: ResourceRef<T>): Promise<T[]> {
    return (await this.client.list<T>(resource)).items;
  }

  /** The user's change, tried again after a conflict as kubectl does. */
  async edit<T extends KubeObject>(resource: ResourceRef<T>, name: string, change: (object: T) => T, namespace: string | undefined = 'default'): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        await this.client.update(resource, change(await this.client.get<T>(resource, name, namespace)));
        return;
      } catch (error) {
        if (tries === 5) throw error;
      }
    }
  }

  deployments = () => this.list<Deployment>(deployments);
  replicaSets = () => this.list<ReplicaSet>(replicaSets);
  pods = () => this.list<Pod>(pods);
}

export interface DeploymentOptions {
  replicas?: number;
  image?: string;
  strategy?: Deployment['spec']['strategy'];
  minReadySeconds?: number;
  cpu?: string;
}

/** A deployment with the defaults that the API server would have filled in. */
export function deployment(name: string, { replicas = 3, image = 'web:1', strategy, minReadySeconds, cpu }: DeploymentOptions = {}): Deployment {
  return {
    apiVersion: 'apps/v1', kind: 'Deployment',
    metadata: { name, namespace: 'default', labels: { app: name } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      strategy: strategy ?? { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      ...(minReadySeconds && { minReadySeconds }),
      template: {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name: 'web', image, ...(cpu && { resources: { requests: { cpu } } }) }] },
      },
    },
  } as unknown as Deployment;
}

export const withImage = (image: string) => (object: Deployment): Deployment => {
  const next = structuredClone(object);
  next.spec.template.spec!.containers[0]!.image = image;
  return next;
};

export const withReplicas = (replicas: number) => (object: Deployment): Deployment => ({ ...object, spec: { ...object.spec, replicas } });
