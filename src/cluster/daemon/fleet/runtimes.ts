import type { RuntimeName } from '../../../client/profile';
import type { Runtime } from '../../../runtime/port';

/** The runtimes that machines run on: the chosen one, and another when a machine asks for it. */
export class Runtimes {
  private readonly others = new Map<RuntimeName, Promise<Runtime>>();

  constructor(readonly main: Runtime, private readonly create: (name: RuntimeName) => Promise<Runtime>) {}

  /** Rejects when its engine does not answer. */
  get(name: RuntimeName): Promise<Runtime> {
    if (name === this.main.name) return Promise.resolve(this.main);
    const known = this.others.get(name);
    if (known) return known;
    const made = this.create(name);
    this.others.set(name, made);
    made.catch(() => this.others.delete(name));
    return made;
  }

  /** Those that were asked for and are there. */
  async all(): Promise<Runtime[]> {
    const others = await Promise.allSettled(this.others.values());
    return [this.main, ...others.flatMap((other) => (other.status === 'fulfilled' ? [other.value] : []))];
  }

  async close(): Promise<void> {
    for (const runtime of await this.all()) await runtime.close();
  }
}
