import type { Random } from '../../../../api/clock';

/**
 * Hands out the numbers of an inclusive range, each once. Unasked, it gives those of the upper band first, so that the
 * lower one stays free for requests by number. Source: the static and dynamic bands of ipallocator and portallocator.
 */
export class NumberRange {
  readonly #taken = new Set<number>();

  /** `bandSize`: how many at the lower end are kept back. */
  constructor(readonly from: number, readonly to: number, private readonly bandSize: number, private readonly random: Random) {}

  contains(number: number): boolean {
    return number >= this.from && number <= this.to;
  }

  /** False when it is taken already. */
  take(number: number): boolean {
    if (this.#taken.has(number)) return false;
    this.#taken.add(number);
    return true;
  }

  /** Undefined when the range is full. */
  takeNext(): number | undefined {
    const split = Math.min(this.from + this.bandSize, this.to);
    return this.#takeWithin(split, this.to) ?? this.#takeWithin(this.from, split - 1);
  }

  release(number: number): void {
    this.#taken.delete(number);
  }

  #takeWithin(from: number, to: number): number | undefined {
    const size = to - from + 1;
    const start = Math.floor(this.random() * size);
    for (let step = 0; step < size; step++) {
      const number = from + ((start + step) % size);
      if (this.take(number)) return number;
    }
    return undefined;
  }
}

/** Source: calculateRangeOffset: between 16 and `max`, a `step`th of the range. */
export function bandSize(size: number, step: number, max: number): number {
  if (size <= 16) return 0;
  return Math.min(Math.max(16, Math.floor(size / step)), max);
}
