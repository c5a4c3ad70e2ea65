/** A chunk is let go when nothing in it is used any more: so much at most is kept for one last part of it. */
const chunkBytes = 256 * 1024;

/**
 * Copies of many short byte strings that are made together and mostly live equally long, one behind the other in
 * common memory: an allocation for each would cost more than reading it.
 */
export class Packed {
  #chunk = Buffer.alloc(0);
  #used = 0;

  copy(from: Buffer, start: number, end: number): Buffer {
    const length = end - start;
    if (length > chunkBytes / 4) return Buffer.from(from.subarray(start, end));
    if (this.#used + length > this.#chunk.length) {
      this.#chunk = Buffer.allocUnsafeSlow(chunkBytes);
      this.#used = 0;
    }
    const at = this.#used;
    this.#used += length;
    this.#chunk.set(from.subarray(start, end), at);
    return this.#chunk.subarray(at, this.#used);
  }
}
