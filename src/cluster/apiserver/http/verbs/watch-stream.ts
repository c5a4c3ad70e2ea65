import type { ServedEvent } from '../../registry';
import type { Outgoing } from '../exchange';

/** A client that is so far behind is cut off. History is longer: it goes on from where it was. */
const behindBytesMax = 8 * 1024 * 1024;
/** Frames go out in chunks of about so much. */
const chunkBytes = 64 * 1024;

/**
 * The frames of one watch. They wait as events, which all watches share, until the client takes them: one that is slow
 * costs little. Those of one turn of the event loop go out in one write.
 */
export class WatchStream {
  #waiting: (ServedEvent | Buffer)[] = [];
  #next = 0;
  /** Of events that came since the watch began: what it begins with may be long. */
  #behindBytes = 0;
  #initialEnd = 0;
  #isScheduled = false;
  #isBlocked = false;
  #isEnding = false;
  #isOver = false;
  readonly #cleanups: (() => void)[] = [];
  readonly ended: Promise<void>;

  constructor(private readonly response: Outgoing, private readonly encode: (event: ServedEvent) => Buffer) {
    this.ended = new Promise((resolve) => {
      response.once('close', () => {
        this.#stop();
        resolve();
      });
    });
    response.on('drain', () => {
      this.#isBlocked = false;
      this.#flush();
    });
  }

  /** What there is at the beginning, whatever its size. */
  begin(events: readonly ServedEvent[]): void {
    this.#add(events);
    this.#initialEnd = this.#waiting.length;
  }

  push(events: readonly ServedEvent[]): void {
    for (const { entry } of events) this.#behindBytes += entry.bytes.length;
    if (this.#behindBytes > behindBytesMax) this.response.destroy();
    else this.#add(events);
  }

  /** A frame that is this watch's own. */
  send(frame: Buffer): void {
    this.#add([frame]);
  }

  /** `cleanup` runs once, when the stream is over for whatever reason. */
  onEnd(cleanup: () => void): void {
    if (this.#isOver) cleanup();
    else this.#cleanups.push(cleanup);
  }

  /** Takes nothing more; ends when all is sent. */
  end(): void {
    this.#isEnding = true;
    this.#runCleanups();
    this.#flush();
  }

  #add(items: readonly (ServedEvent | Buffer)[]): void {
    if (this.#isOver || this.#isEnding) return;
    for (const item of items) this.#waiting.push(item);
    if (this.#isScheduled || this.#isBlocked) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    while (!this.#isOver && !this.#isBlocked && this.#next < this.#waiting.length) {
      this.#isBlocked = !(this.response.write as (chunk: Buffer) => boolean).call(this.response, this.#chunk());
    }
    this.#forgetSent();
    if (this.#waiting.length) return;
    if (this.#isEnding && !this.#isOver) {
      this.#stop();
      this.response.end();
    }
  }

  #forgetSent(): void {
    if (this.#next < this.#waiting.length && this.#next < 512) return;
    this.#waiting.splice(0, this.#next);
    this.#initialEnd = Math.max(0, this.#initialEnd - this.#next);
    this.#next = 0;
  }

  #chunk(): Buffer {
    const frames: Buffer[] = [];
    for (let bytes = 0; bytes < chunkBytes && this.#next < this.#waiting.length; this.#next++) {
      const frame = this.#frame(this.#waiting[this.#next]!);
      frames.push(frame);
      bytes += frame.length;
    }
    return frames.length === 1 ? frames[0]! : Buffer.concat(frames);
  }

  #frame(item: ServedEvent | Buffer): Buffer {
    if (Buffer.isBuffer(item)) return item;
    if (this.#next >= this.#initialEnd) this.#behindBytes -= item.entry.bytes.length;
    return this.encode(item);
  }

  #stop(): void {
    this.#isOver = true;
    this.#waiting = [];
    this.#runCleanups();
  }

  #runCleanups(): void {
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
  }
}
