import { startKubelet, type RunningKubelet } from '../../src/cluster/kubelet';
import type { Runtime } from '../../src/runtime/port';
import { createSimRuntime } from '../../src/runtime/sim';
import { faultyClient } from './faulty-client';
import { faultyRuntime, type RuntimeFaults } from './faulty-runtime';
import type { World } from './world';

const noRuntimeFaults: RuntimeFaults = { failure: 0, eventLoss: 0, cut: false };

/** The real kubelets of a world, on a simulated runtime that outlives them. */
export class NodeFleet {
  readonly runtime: Runtime;
  faults: RuntimeFaults = { ...noRuntimeFaults };
  private kubelets: RunningKubelet[] = [];

  constructor(private readonly world: World, private readonly nodeCount: number) {
    this.runtime = createSimRuntime({ clock: world.clock, random: world.random, startDelayMs: 10 });
  }

  /** With what is stored and what runs, as when the daemon comes up. */
  async start(): Promise<void> {
    this.faults = { ...noRuntimeFaults };
    const { world, faults } = this;
    const client = faultyClient(world.client, world.faults, world.random);
    const runtime = faultyRuntime(this.runtime, faults, world.clock, world.random);
    for (let at = 0; at < this.nodeCount; at++) {
      const node = { name: `node-${at}`, podCIDR: `10.244.${at}.0/24` };
      const network = await this.runtime.ensureNode(node, () => undefined);
      const starting = startKubelet({
        client, runtime, network, node, clock: world.clock, random: world.random, clusterDNS: '10.96.0.10', clusterDomain: 'cluster.local',
        log: (line) => world.log.push(`${world.clock.now()} ${node.name}: ${line}`),
      });
      await world.clock.advance(0);
      this.kubelets.push(await starting);
    }
  }

  /** As when the daemon is killed: whatever it was about to do with containers stays undone. */
  async crash(): Promise<void> {
    this.faults.cut = true;
    await this.world.crash();
    await this.stop();
  }

  async stop(): Promise<void> {
    const stopping = Promise.all(this.kubelets.splice(0).map((kubelet) => kubelet.stop()));
    await this.world.clock.advance(1000);
    await stopping;
  }
}
