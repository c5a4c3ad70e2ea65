import { formatNumber, header, sample, type Labels } from './text';

/** Something that shows itself in the text format. */
export interface Collector {
  text(): string;
}

/** One value for each combination of label values, found again by those. */
class Family<T> {
  readonly #children = new Map<string, { values: Labels; child: T }>();

  constructor(private readonly labels: Labels, private readonly make: () => T) {}

  of(values: Labels): T {
    const key = values.join('\u0000');
    const known = this.#children.get(key);
    if (known) return known.child;
    if (values.length !== this.labels.length) throw new Error(`${values.length} values for the labels ${this.labels.join(', ')}`);
    const child = this.make();
    this.#children.set(key, { values, child });
    return child;
  }

  /** In the order of label values, so that two looks compare. */
  *sorted(): Generator<{ values: Labels; child: T }> {
    for (const key of [...this.#children.keys()].sort()) yield this.#children.get(key)!;
  }
}

interface Named {
  readonly name: string;
  readonly help: string;
  readonly labels?: Labels;
}

/** Only grows. */
export class Counter implements Collector {
  readonly #family: Family<{ value: number }>;

  constructor(private readonly named: Named) {
    this.#family = new Family(named.labels ?? [], () => ({ value: 0 }));
  }

  add(values: Labels = [], by = 1): void {
    this.#family.of(values).value += by;
  }

  text(): string {
    return simple('counter', this.named, this.#family);
  }
}

/** Goes up and down. */
export class Gauge implements Collector {
  readonly #family: Family<{ value: number }>;

  constructor(private readonly named: Named) {
    this.#family = new Family(named.labels ?? [], () => ({ value: 0 }));
  }

  set(values: Labels, value: number): void {
    this.#family.of(values).value = value;
  }

  add(values: Labels = [], by = 1): void {
    this.#family.of(values).value += by;
  }

  text(): string {
    return simple('gauge', this.named, this.#family);
  }
}

/** What is known elsewhere, read when somebody looks. */
export class Observed implements Collector {
  constructor(private readonly named: Named & { readonly type: 'counter' | 'gauge' }, private readonly read: () => Iterable<readonly [values: Labels, value: number]>) {}

  text(): string {
    const { name, help, type, labels = [] } = this.named;
    return header(name, help, type) + [...this.read()].map(([values, value]) => sample(name, labels, values, value)).join('');
  }
}

interface Distribution {
  readonly counts: Float64Array;
  sum: number;
}

/** How values are distributed over buckets, each counting what is at most its bound. */
export class Histogram implements Collector {
  readonly #family: Family<Distribution>;

  /** `bounds`: ascending. */
  constructor(private readonly named: Named, private readonly bounds: readonly number[]) {
    this.#family = new Family(named.labels ?? [], () => ({ counts: new Float64Array(bounds.length + 1), sum: 0 }));
  }

  observe(values: Labels, value: number): void {
    const distribution = this.#family.of(values);
    let at = 0;
    while (at < this.bounds.length && value > this.bounds[at]!) at++;
    distribution.counts[at]!++;
    distribution.sum += value;
  }

  text(): string {
    const { name, help, labels = [] } = this.named;
    let text = header(name, help, 'histogram');
    for (const { values, child } of this.#family.sorted()) {
      let count = 0;
      child.counts.forEach((own, at) => {
        count += own;
        text += sample(`${name}_bucket`, labels, values, count, `le="${formatNumber(this.bounds[at] ?? Infinity)}"`);
      });
      text += sample(`${name}_sum`, labels, values, child.sum) + sample(`${name}_count`, labels, values, count);
    }
    return text;
  }
}

function simple(type: 'counter' | 'gauge', { name, help, labels = [] }: Named, family: Family<{ value: number }>): string {
  let text = header(name, help, type);
  for (const { values, child } of family.sorted()) text += sample(name, labels, values, child.value);
  return text;
}

/** Everything that one process measures. */
export class Metrics {
  readonly #collectors: Collector[] = [];

  add<T extends Collector>(collector: T): T {
    this.#collectors.push(collector);
    return collector;
  }

  text(): string {
    return this.#collectors.map((collector) => collector.text()).join('');
  }
}

/** `count` bounds from `start` on, each `factor` times the one before. */
export const exponentialBounds = (start: number, factor: number, count: number): number[] => Array.from({ length: count }, (_, at) => start * factor ** at);
