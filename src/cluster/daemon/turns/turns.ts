/** What loops do between two looks at the network: the longest that a request waits for them each time that it needs the process. */
const turnMs = 5;

/** So many that are done are kept before they are dropped together. */
const shortenAt = 1024;

/** How the turns are told apart; simulations and tests bring their own. */
export interface Stage {
  /** Milliseconds that only grow. */
  elapsedMs(): number;
  /** Runs it behind everything that waits for its turn now: sockets and files are looked at in between. */
  afterIO(fire: () => void): void;
  /** Runs it as soon as what was begun has come to wait for something. */
  next(fire: () => void): void;
}

const processStage: Stage = { elapsedMs: () => performance.now(), afterIO: (fire) => void setImmediate(fire), next: (fire) => process.nextTick(fire) };

/**
 * Requests before reconcilers, in one thread: the work of loops is done in turns of a few milliseconds, first come,
 * first served, and between two turns the process serves whoever asks. Without them thousands of loops that wake each
 * other would keep the thread until all of them rest.
 */
export class Turns {
  private readonly waiting: (() => void)[] = [];
  /** Index of the first that waits; the array is shortened now and then. */
  private first = 0;
  private isOpen = false;
  private sinceMs = 0;

  constructor(private readonly stage: Stage = processStage) {}

  /** Runs it at once when the turn has time left and nobody waits, else in a later turn. */
  run(job: () => void): void {
    if (!this.isOpen) this.open();
    else if (this.isOver() || this.first < this.waiting.length) return void this.waiting.push(job);
    job();
  }

  /** Resolves when it may go on. */
  enter(): Promise<void> {
    return new Promise((resolve) => this.run(resolve));
  }

  private open(): void {
    this.isOpen = true;
    this.sinceMs = this.stage.elapsedMs();
    this.stage.afterIO(() => this.begin());
  }

  private begin(): void {
    this.isOpen = false;
    if (this.first === this.waiting.length) return;
    this.open();
    this.serve();
  }

  private serve(): void {
    if (this.first === this.waiting.length || this.isOver()) return;
    const job = this.waiting[this.first++]!;
    if (this.first * 2 > this.waiting.length) this.shorten();
    job();
    this.stage.next(() => this.serve());
  }

  private shorten(): void {
    if (this.first < shortenAt && this.first < this.waiting.length) return;
    this.waiting.splice(0, this.first);
    this.first = 0;
  }

  private isOver(): boolean {
    return this.stage.elapsedMs() - this.sinceMs >= turnMs;
  }
}
