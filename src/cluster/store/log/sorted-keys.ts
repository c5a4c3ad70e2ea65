/** A chunk that grows beyond this is cut in two. Inserting moves at most so many keys, whatever their number in all. */
const chunkSizeMax = 512;

/**
 * Keys in ascending order of UTF-16 units; object keys are ASCII, so this is also the byte order. Kept in chunks: one
 * long array would make n inserts cost n² moves.
 */
export class SortedKeys {
  /** Ascending, none empty, each sorted. */
  readonly #chunks: string[][] = [];

  constructor(keys: Iterable<string> = []) {
    const sorted = [...keys].sort();
    for (let from = 0; from < sorted.length; from += chunkSizeMax) this.#chunks.push(sorted.slice(from, from + chunkSizeMax));
  }

  add(key: string): void {
    const index = Math.min(this.#chunkFor(key), this.#chunks.length - 1);
    const chunk = this.#chunks[index];
    if (!chunk) return void this.#chunks.push([key]);
    const at = lowerBound(chunk, key);
    if (chunk[at] === key) return;
    chunk.splice(at, 0, key);
    if (chunk.length > chunkSizeMax) this.#chunks.splice(index + 1, 0, chunk.splice(chunk.length >>> 1));
  }

  remove(key: string): void {
    const index = this.#chunkFor(key);
    const chunk = this.#chunks[index];
    if (!chunk) return;
    const at = lowerBound(chunk, key);
    if (chunk[at] !== key) return;
    chunk.splice(at, 1);
    if (!chunk.length) this.#chunks.splice(index, 1);
  }

  /** Those that start with `prefix`, from `startKey` on. */
  under(prefix: string, startKey = prefix): string[] {
    const first = startKey > prefix ? startKey : prefix;
    const found: string[] = [];
    for (let index = this.#chunkFor(first); index < this.#chunks.length; index++) {
      const chunk = this.#chunks[index]!;
      const from = found.length ? 0 : lowerBound(chunk, first);
      // Nothing is there: what most writes find of the limits and quotas that they ask for.
      if (chunk[from] !== undefined && !chunk[from].startsWith(prefix)) break;
      const to = prefix ? lowerBound(chunk, `${prefix}\uffff`) : chunk.length;
      for (let at = from; at < to; at++) found.push(chunk[at]!);
      if (to < chunk.length) break;
    }
    return found;
  }

  /** How many start with `prefix`. */
  count(prefix: string): number {
    return this.#rank(`${prefix}\uffff`) - this.#rank(prefix);
  }

  /** How many stand in front of the key. */
  #rank(key: string): number {
    const index = this.#chunkFor(key);
    let count = 0;
    for (let at = 0; at < index; at++) count += this.#chunks[at]!.length;
    const chunk = this.#chunks[index];
    return chunk ? count + lowerBound(chunk, key) : count;
  }

  /** Index of the first chunk that ends at or behind the key; their number when none does. */
  #chunkFor(key: string): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#chunks[middle]!.at(-1)! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Of the key, or of the place where it would stand. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (keys[middle]! < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
