import type { Event, Pod, PodSpec } from '../../../src/api/generated/core.v1';
import type { KubeObject } from '../../../src/api/meta';
import { FakeClient } from '../../../src/client/fake';
import { startKubelet, type KubeletOptions, type RunningKubelet } from '../../../src/cluster/kubelet';
import { pods } from '../../../src/cluster/kubelet/resources';
import type { Runtime } from '../../../src/runtime/port';
import { createSimRuntime } from '../../../src/runtime/sim';
import { seededRandom } from '../../simulation/random';
import { VirtualClock } from '../../simulation/virtual-clock';

const core = (plural: string) => ({ group: '', version: 'v1', plural, namespaced: true });

export interface PodOptions {
  annotations?: Record<string, string>;
  labels?: Record<string, string>;
  nodeName?: string;
}

/** One kubelet on the simulated runtime, in virtual time. */
export class KubeletWorld {
  readonly clock = new VirtualClock();
  readonly random = seededRandom(7);
  readonly client = new FakeClient({ clock: this.clock, random: this.random });
  readonly runtime: Runtime = createSimRuntime({ clock: this.clock, random: this.random, startDelayMs: 10 });
  readonly log: string[] = [];
  kubelet!: RunningKubelet;

  constructor(private readonly more: Pick<KubeletOptions, 'manifests'> = {}) {}

  static async start(): Promise<KubeletWorld> {
    const world = new KubeletWorld();
    await world.restart();
    return world;
  }

  /** As after a crash of the daemon: the runtime goes on, the kubelet starts with what it finds. */
  async restart(): Promise<void> {
    const node = { name: 'node-0', podCIDR: '10.244.0.0/24' };
    const network = await this.runtime.ensureNode(node, () => undefined);
    const starting = startKubelet({
      client: this.client, runtime: this.runtime, network, node, clock: this.clock, random: this.random,
      clusterDNS: '10.96.0.10', clusterDomain: 'cluster.local', log: (line) => this.log.push(line), ...this.more,
    });
    await this.clock.advance(0);
    this.kubelet = await starting;
  }

  async stop(): Promise<void> {
    const stopping = this.kubelet.stop();
    await this.clock.advance(1000);
    await stopping;
    await this.runtime.close();
  }

  pass(ms: number): Promise<void> {
    return this.clock.advance(ms);
  }

  async put(plural: string, object: KubeObject): Promise<void> {
    await this.client.create(core(plural), object);
  }

  /** Creates the pod, bound to the node. */
  async run(name: string, spec: PodSpec, { annotations, labels, nodeName = 'node-0' }: PodOptions = {}): Promise<void> {
    await this.client.create<Pod>(pods, {
      apiVersion: 'v1', kind: 'Pod',
      metadata: { name, namespace: 'default', ...(annotations && { annotations }), ...(labels && { labels }) },
      spec: { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, ...spec, nodeName },
      status: { phase: 'Pending' },
    });
  }

  pod(name: string): Promise<Pod> {
    return this.client.get<Pod>(pods, name, 'default');
  }

  async events(name: string): Promise<string[]> {
    const { items } = await this.client.list<Event>(core('events'));
    return items.filter(({ involvedObject }) => involvedObject.name === name)
      .map(({ type, reason, message, count }) => `${type} ${reason} ${message}${(count ?? 1) > 1 ? ` (x${count})` : ''}`);
  }

  async remove(name: string, gracePeriodSeconds?: number): Promise<void> {
    await this.client.delete(pods, name, 'default', gracePeriodSeconds === undefined ? {} : { gracePeriodSeconds });
  }
}

export const webPod = (more: Partial<PodSpec['containers'][number]> = {}): PodSpec => ({ containers: [{ name: 'web', image: 'nginx:1.27', ...more }] });
