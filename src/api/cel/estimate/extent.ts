/** How much there can be of a value of a variable, and of what is in it. */
export interface Extent {
  /** Characters, bytes, items or members; 0 for what has no size. */
  readonly max: number;
  /** Of each item of a list, or each value of a map. */
  readonly element?: Extent;
  /** Of each key of a map. */
  readonly key?: Extent;
  readonly fields?: ReadonlyMap<string, Extent>;
}

/** A product in which nothing stays nothing, however much there is of it. */
export const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** Of running over so many characters. */
export const traversing = (size: number, factor = 1): number => Math.ceil(size * factor * 0.1);

/** Of matching so many characters with a pattern of so many. */
export const matching = (text: number, pattern: number): number => times(traversing(text + 1), Math.ceil(pattern * 0.25));
