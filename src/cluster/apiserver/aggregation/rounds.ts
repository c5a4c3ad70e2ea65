import type { Clock } from '../../../api/clock';

/** Work that is done again when woken, and every `everyMs`: one round at a time, and one more for all that happens meanwhile. */
export class Rounds {
  #tail: Promise<void> = Promise.resolve();
  #isDue = false;
  #isStopped = false;
  #cancel = (): void => {};

  constructor(private readonly round: () => Promise<void>, private readonly clock: Clock, private readonly everyMs: number) {}

  start(): void {
    this.#again();
    this.wake();
  }

  /** No round begins any more. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  wake(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#tail = this.#tail.then(async () => {
      this.#isDue = false;
      if (!this.#isStopped) await this.round();
    });
  }

  #again(): void {
    this.#cancel = this.clock.schedule(this.everyMs, () => {
      this.wake();
      this.#again();
    });
  }
}
