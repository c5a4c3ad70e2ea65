import { sleep, type Clock } from '../../../api/clock';

/** The requests under way, and how they end when the server does. */
export class Serving {
  #count = 0;
  #isClosing = false;
  #idle: (() => void) | undefined;
  readonly #streams = new Set<() => void>();

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** A request has come; the returned function says that it is answered. */
  begin(): () => void {
    this.#count++;
    return () => {
      if (--this.#count === 0) this.#idle?.();
    };
  }

  /** What ends a stream in good order. Returns the function to call when it ended by itself. */
  stream(end: () => void): () => void {
    if (this.#isClosing) end();
    else this.#streams.add(end);
    return () => void this.#streams.delete(end);
  }

  /** Ends the streams; resolves when every request is answered, or after the grace. */
  async close(clock: Clock, graceMs: number): Promise<void> {
    this.#isClosing = true;
    for (const end of [...this.#streams]) end();
    this.#streams.clear();
    if (!this.#count) return;
    const over = new AbortController();
    const idle = new Promise<void>((resolve) => (this.#idle = resolve));
    await Promise.race([idle, sleep(clock, graceMs, over.signal).catch(() => undefined)]);
    over.abort();
  }
}
