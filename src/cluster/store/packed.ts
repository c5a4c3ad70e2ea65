import type { EntrySource } from './entry';

/** A chunk is let go when nothing in it is used any more: so much at most is kept for one last part of it. */
const chunkBytes = 256 * 1024;

/**
 * Copies of many short byte strings that are made together and mostly live equally long, one behind the other in
 * common memory: an allocation for each costs many times what reading it does.
 */
export class Packed {
  #chunk = Buffer.alloc(0);
  #used = 0;

  copy(from: Buffer, start: number, end: number): EntrySource {
    const at = this.#take(end - start);
    from.copy(this.#chunk, at, start, end);
    return new Slice(this.#chunk, at, this.#used);
  }

  /** Where in `#chunk` there is room for so many bytes. */
  #take(length: number): number {
    if (this.#used + length > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafeSlow(Math.max(chunkBytes, length));
      this.#used = 0;
    }
    const at = this.#used;
    this.#used += length;
    return at;
  }
}

class Slice implements EntrySource {
  constructor(private readonly memory: Buffer, private readonly start: number, private readonly end: number) {}

  bytes(): Buffer {
    return this.memory.subarray(this.start, this.end);
  }

  text(): string {
    return this.memory.toString('utf8', this.start, this.end);
  }

  size(): number {
    return this.end - this.start;
  }
}
