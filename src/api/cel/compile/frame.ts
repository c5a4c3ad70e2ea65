import { CostExceeded, type Value } from '../values/value';

/** What the variables of an expression are when it is evaluated. Throws CelError for one that has no value. */
export type Activation = (name: string) => Value;

/** What one evaluation may cost: about a tenth of a second. Source: celconfig.PerCallLimit. */
const perCallLimit = 1_000_000;

/** Counts what evaluation costs, and ends it when that is too much. */
export class Meter {
  #spent = 0;

  constructor(private readonly limit = perCallLimit) {}

  get spent(): number {
    return this.#spent;
  }

  spend(cost: number): void {
    this.#spent += cost;
    if (this.#spent > this.limit) throw new CostExceeded();
  }
}

export interface Frame {
  readonly activation: Activation;
  readonly meter: Meter;
  /** Of comprehensions, by their place. */
  readonly locals: Value[];
}

export type Run = (frame: Frame) => Value;
