import { sleep, type Clock } from '../../../api/clock';
import type { Store } from '../../store';
import type { ContainerSample, NodeAgent } from '../node-agent';
import { UsageHistory, type Usage } from './usage';

export interface CollectorOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly nodeAgent: (nodeName: string) => Pick<NodeAgent, 'samples'> | undefined;
}

/** A reading this new is good enough. */
const newMs = 1000;
/** How often readings are taken, and how long after somebody asked. */
const everyMs = 15_000;
const interestMs = 5 * 60_000;

/** Takes readings while somebody wants them: a cluster that nobody asks does nothing. */
export class UsageCollector {
  private readonly history = new UsageHistory();
  private readAtMs = -Infinity;
  private askedAtMs = -Infinity;
  private reading: Promise<void> | undefined;
  private cancel: (() => void) | undefined;

  constructor(private readonly options: CollectorOptions) {}

  /** What containers use now. Takes a second where a container has been running for long and is looked at for the first time. */
  async usages(): Promise<Usage[]> {
    const { clock } = this.options;
    this.askedAtMs = clock.now();
    if (clock.now() - this.readAtMs > newMs) await this.read();
    if (this.history.isBlind) {
      await sleep(clock, newMs);
      await this.read();
    }
    this.cancel ??= clock.schedule(everyMs, () => this.again());
    return this.history.usages();
  }

  close(): void {
    this.cancel?.();
    this.askedAtMs = -Infinity;
  }

  private again(): void {
    this.cancel = undefined;
    if (this.options.clock.now() - this.askedAtMs > interestMs) return;
    void this.read();
    this.cancel = this.options.clock.schedule(everyMs, () => this.again());
  }

  /** One at a time. */
  private read(): Promise<void> {
    this.reading ??= this.readAll().finally(() => (this.reading = undefined));
    return this.reading;
  }

  private async readAll(): Promise<void> {
    const nodes = this.options.store.list('/nodes/').entries.map(({ object }) => object.metadata.name);
    const samples = await Promise.all(nodes.map((node) => this.samplesOf(node)));
    this.readAtMs = this.options.clock.now();
    this.history.add(samples.flat());
  }

  /** A node that does not answer has no usage. */
  private async samplesOf(node: string): Promise<readonly ContainerSample[]> {
    return (await this.options.nodeAgent(node)?.samples().catch(() => [])) ?? [];
  }
}
