import type { StoreEvent } from '../store';

interface Waiting {
  readonly event: StoreEvent;
  resolve(): void;
  reject(error: unknown): void;
}

/** Writes that arrive while a batch is on its way to the disk form the next one. */
export class GroupCommit {
  #queue: Waiting[] = [];
  #running: Promise<void> | undefined;

  /** `append` makes a batch durable; `committed` is called with it then, before its writers are told. */
  constructor(readonly append: (events: readonly StoreEvent[]) => Promise<void>, readonly committed: (events: readonly StoreEvent[]) => void) {}

  write(event: StoreEvent): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ event, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  async idle(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    // A turn of the microtask queue, so that writes made together travel together.
    await Promise.resolve();
    while (this.#queue.length) await this.#commit(this.#queue.splice(0));
    this.#running = undefined;
  }

  async #commit(batch: Waiting[]): Promise<void> {
    const events = batch.map(({ event }) => event);
    try {
      await this.append(events);
    } catch (error) {
      for (const { reject } of batch) reject(error);
      return;
    }
    this.committed(events);
    for (const { resolve } of batch) resolve();
  }
}
