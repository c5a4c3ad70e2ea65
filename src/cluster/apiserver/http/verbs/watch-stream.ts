import type { Outgoing } from '../exchange';

/** A client that lets so much pile up is cut off; it lists again. */
const backlogBytesMax = 16 * 1024 * 1024;

/** The frames of one watch: those of one turn of the event loop go out in one write. */
export class WatchStream {
  #frames: Buffer[] = [];
  #scheduled = false;
  #over = false;
  #backlog = 0;
  readonly #cleanups: (() => void)[] = [];
  readonly ended: Promise<void>;

  constructor(private readonly response: Outgoing) {
    this.ended = new Promise((resolve) => {
      response.once('close', () => {
        this.#stop();
        resolve();
      });
    });
  }

  send(frame: Buffer): void {
    if (this.#over) return;
    this.#frames.push(frame);
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#flush());
  }

  /** `cleanup` runs once, when the stream is over for whatever reason. */
  onEnd(cleanup: () => void): void {
    if (this.#over) cleanup();
    else this.#cleanups.push(cleanup);
  }

  end(): void {
    this.#flush();
    this.#stop();
    this.response.end();
  }

  #flush(): void {
    this.#scheduled = false;
    if (this.#over || !this.#frames.length) return;
    const chunk = this.#frames.length === 1 ? this.#frames[0]! : Buffer.concat(this.#frames);
    this.#frames = [];
    this.#backlog += chunk.length;
    (this.response.write as (chunk: Buffer, done: () => void) => boolean).call(this.response, chunk, () => (this.#backlog -= chunk.length));
    if (this.#backlog > backlogBytesMax) this.response.destroy();
  }

  #stop(): void {
    if (this.#over) return;
    this.#over = true;
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
  }
}
