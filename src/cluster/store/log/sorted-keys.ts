/** Keys in ascending order of UTF-16 units; object keys are ASCII, so this is also the byte order. */
export class SortedKeys {
  readonly #keys: string[];

  constructor(keys: Iterable<string> = []) {
    this.#keys = [...keys].sort();
  }

  add(key: string): void {
    const at = this.indexOf(key);
    if (this.#keys[at] !== key) this.#keys.splice(at, 0, key);
  }

  remove(key: string): void {
    const at = this.indexOf(key);
    if (this.#keys[at] === key) this.#keys.splice(at, 1);
  }

  /** Of the key, or of the place where it would stand. */
  indexOf(key: string): number {
    let low = 0;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#keys[middle]! < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Those that start with `prefix`, from `startKey` on. */
  under(prefix: string, startKey = prefix): string[] {
    const from = this.indexOf(startKey > prefix ? startKey : prefix);
    const to = prefix ? this.indexOf(prefix + '\uffff') : this.#keys.length;
    return this.#keys.slice(from, Math.max(from, to));
  }
}
