import type { Kind } from '../../../kinds/kind';
import type { Entry } from '../../store';
import { convertAhead } from './conversion';

/** Deliveries of one watch, one after the other. */
export interface Lane {
  /** `entries`: what has to be converted before. */
  run(entries: () => readonly Entry[], deliver: () => void): void;
  /** What was not delivered yet will not be. */
  end(): void;
}

/** At once, unless somebody has to be asked about the kind; `failed` when they cannot tell. */
export const laneOf = (kind: Kind, sink: { failed?(error: unknown): void }): Lane =>
  (kind.conversion?.ask ? new ConvertingLane(kind, (error) => sink.failed?.(error)) : direct);

const direct: Lane = { run: (_entries, deliver) => deliver(), end: () => undefined };

class ConvertingLane implements Lane {
  #tail: Promise<void> = Promise.resolve();
  #isOver = false;

  constructor(private readonly kind: Kind, private readonly failed: (error: unknown) => void) {}

  run(entries: () => readonly Entry[], deliver: () => void): void {
    this.#tail = this.#tail.then(() => this.#next(entries, deliver)).catch((error: unknown) => {
      this.#isOver = true;
      this.failed(error);
    });
  }

  end(): void {
    this.#isOver = true;
  }

  async #next(entries: () => readonly Entry[], deliver: () => void): Promise<void> {
    if (this.#isOver) return;
    await convertAhead(this.kind, entries());
    if (!this.#isOver) deliver();
  }
}
