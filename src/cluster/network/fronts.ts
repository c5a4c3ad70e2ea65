import type { Clock } from '../../api/clock';
import type { Front } from './http/front';

/** A port that cannot be had is asked for again after this time. */
const retryMs = 10_000;

export interface WantedPort {
  readonly port: number;
  readonly secure: boolean;
}

/** The fronts of ports that come and go: those that Gateways ask for beside the usual ones. */
export class Fronts {
  private readonly open = new Map<number, WantedPort & { front: Front }>();
  private readonly problems = new Map<number, string>();
  private readonly cancels = new Set<() => void>();

  /** `again`: a port that could not be had may be asked for anew. */
  constructor(private readonly listen: (wanted: WantedPort) => Promise<Front>, private readonly clock: Clock, private readonly again: () => void) {}

  problem(port: number): string | undefined {
    return this.problems.get(port);
  }

  /** Closes what is not wanted, opens what is. Resolves to true when a port cannot be had. */
  async keep(wanted: readonly WantedPort[]): Promise<boolean> {
    for (const [port, { secure, front }] of this.open) {
      if (wanted.some((one) => one.port === port && one.secure === secure)) continue;
      this.open.delete(port);
      await front.close();
    }
    const before = this.problems.size;
    for (const one of wanted) if (!this.open.has(one.port)) await this.tryToOpen(one);
    return this.problems.size > before;
  }

  async close(): Promise<void> {
    for (const cancel of this.cancels) cancel();
    await this.keep([]);
  }

  private async tryToOpen(wanted: WantedPort): Promise<void> {
    try {
      this.open.set(wanted.port, { ...wanted, front: await this.listen(wanted) });
    } catch (error) {
      this.problems.set(wanted.port, (error as NodeJS.ErrnoException).code === 'EADDRINUSE' ? 'another program listens there' : (error as Error).message);
      const cancel = this.clock.schedule(retryMs, () => {
        this.cancels.delete(cancel);
        this.problems.delete(wanted.port);
        this.again();
      });
      this.cancels.add(cancel);
    }
  }
}
