/** A binary heap: `pop` gives the item that comes before all others. */
export class PriorityHeap<T> {
  private readonly items: T[] = [];

  constructor(private readonly before: (a: T, b: T) => boolean) {}

  push(item: T): void {
    let at = this.items.push(item) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.swapIfBefore(at, parent)) return;
      at = parent;
    }
  }

  pop(): T | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (this.items.length === 0 || last === undefined) return top;
    this.items[0] = last;
    this.sink(0);
    return top;
  }

  private sink(at: number): void {
    for (;;) {
      const left = 2 * at + 1;
      if (left >= this.items.length) return;
      const right = left + 1;
      const child = right < this.items.length && this.before(this.items[right]!, this.items[left]!) ? right : left;
      if (!this.swapIfBefore(child, at)) return;
      at = child;
    }
  }

  private swapIfBefore(lower: number, upper: number): boolean {
    const [a, b] = [this.items[lower]!, this.items[upper]!];
    if (!this.before(a, b)) return false;
    this.items[lower] = b;
    this.items[upper] = a;
    return true;
  }
}
