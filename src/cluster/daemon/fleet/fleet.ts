import type { Clock } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Node } from '../../../api/generated/core.v1';
import type { Client } from '../../../client/client';
import type { Informer, InformerSet } from '../../../client/informer';
import { machineOf, nodesResource, type Machine } from '../../../client/machine';
import type { NodeNetwork } from '../../../runtime/port';
import type { RunningKubelet } from '../../kubelet';
import { planMachine, type Step } from './plan';
import type { Runtimes } from './runtimes';
import { unplug } from './unplug';

type Placed = Machine & { readonly podCIDR: string };

export interface FleetOptions {
  readonly client: Client;
  readonly informers: InformerSet;
  readonly clock: Clock;
  readonly runtimes: Runtimes;
  readonly log: (line: string) => void;
  readonly startKubelet: (machine: Placed, network: NodeNetwork) => Promise<RunningKubelet>;
  /** Before the machine's pods run: the API and the names are to be reached from there. */
  readonly networkUp: (name: string, network: NodeNetwork) => Promise<void>;
  readonly networkDown: (name: string) => Promise<void>;
}

const retryMs = 5000;

/** Runs the machines that Node objects ask for, each with its network and its kubelet. */
export class Fleet {
  readonly networks = new Map<string, NodeNetwork>();
  readonly kubelets = new Map<string, RunningKubelet>();
  private readonly informer: Informer<Node>;
  private readonly busy = new Map<string, Promise<void>>();
  private readonly dirty = new Set<string>();
  private readonly retries = new Map<string, () => void>();
  private endObserving: () => void = () => undefined;
  private isStopped = false;

  constructor(private readonly options: FleetOptions) {
    this.informer = options.informers.for<Node>(nodesResource);
  }

  /** Brings up the networks of machines that are on; the rest follows with `run`. */
  async connect(machines: readonly Placed[], onStep: (step: string) => void): Promise<void> {
    for (const machine of machines) await this.ensureNetwork(machine, onStep);
  }

  /** From here on machines follow their Node objects. Resolves when those connected have their kubelets. */
  async run(machines: readonly Placed[]): Promise<void> {
    for (const machine of machines) await this.startKubelet(machine);
    const changed = ({ metadata }: Node) => this.look(metadata.name);
    this.endObserving = this.informer.subscribe({ added: changed, updated: changed, deleted: changed });
  }

  /** The pods go on. */
  async stop(): Promise<void> {
    this.isStopped = true;
    this.endObserving();
    this.retries.forEach((cancel) => cancel());
    await Promise.allSettled(this.busy.values());
    await Promise.allSettled([...this.kubelets.values()].map((kubelet) => kubelet.stop()));
  }

  private look(name: string): void {
    if (this.isStopped) return;
    if (this.busy.has(name)) return void this.dirty.add(name);
    const step = this.plan(name);
    if (!step) return;
    this.retries.get(name)?.();
    this.busy.set(name, this.perform(step).then(() => true, (error: unknown) => this.failed(name, error)).then((again) => {
      this.busy.delete(name);
      if (this.dirty.delete(name) || again) this.look(name);
    }));
  }

  private plan(name: string): Step | undefined {
    const node = this.informer.get(name);
    return planMachine(name, node && machineOf(node), this.kubelets.has(name), this.informer.list().flatMap(({ spec }) => spec?.podCIDR ?? []));
  }

  private failed(name: string, error: unknown): boolean {
    if (isReason(error, 'Conflict')) return true;
    this.options.log(`machine ${name}: ${error instanceof Error ? error.message : String(error)}`);
    if (!this.isStopped) this.retries.set(name, this.options.clock.schedule(retryMs, () => this.look(name)));
    return false;
  }

  private async perform(step: Step): Promise<void> {
    switch (step.do) {
      case 'giveRange': return this.giveRange(step.name, step.podCIDR);
      case 'bringUp': return this.bringUp(step.machine);
      case 'takeDown': return this.takeDown(step.name);
    }
  }

  private async giveRange(name: string, podCIDR: string): Promise<void> {
    const node = this.informer.get(name);
    if (!node) return;
    const { metadata } = await this.options.client.update<Node>(nodesResource, { ...node, spec: { ...node.spec, podCIDR, podCIDRs: [podCIDR] } });
    const revision = Number(metadata.resourceVersion);
    await this.informer.until(() => this.informer.resourceVersion >= revision);
  }

  private async bringUp(machine: Placed): Promise<void> {
    const { log } = this.options;
    await this.ensureNetwork(machine, log);
    await this.options.networkUp(machine.name, this.networks.get(machine.name)!);
    await this.startKubelet(machine);
    log(`machine ${machine.name} is up`);
  }

  private async ensureNetwork({ name, runtime, podCIDR }: Placed, onStep: (step: string) => void): Promise<void> {
    const engine = await this.options.runtimes.get(runtime);
    this.networks.set(name, await engine.ensureNode({ name, podCIDR }, onStep));
  }

  private async startKubelet(machine: Placed): Promise<void> {
    this.kubelets.set(machine.name, await this.options.startKubelet(machine, this.networks.get(machine.name)!));
  }

  private async takeDown(name: string): Promise<void> {
    const { runtimes, log, networkDown } = this.options;
    const kubelet = this.kubelets.get(name);
    this.kubelets.delete(name);
    await kubelet?.stop();
    await networkDown(name);
    this.networks.delete(name);
    for (const runtime of await runtimes.all()) await unplug(runtime, name);
    log(`machine ${name} is down`);
  }
}
