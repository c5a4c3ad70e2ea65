import { List, Mapping, type Value } from '../values/value';

/** What the cost of a traversal is measured by; 1 for what has no size. */
export function sizeOf(value: Value): number {
  if (typeof value === 'string') return value.length;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof List) return value.length;
  return value instanceof Mapping ? value.size : 1;
}

const traversalFactor = 0.1;
const expressionFactor = 0.25;

/** Of running over a text. */
export const traversal = (value: Value, factor = 1): number => Math.ceil(sizeOf(value) * factor * traversalFactor);

/** Of matching a text with a pattern, whose expressions are taken to be four characters long. */
export const matching = (text: Value, patternLength: number): number => Math.ceil((1 + sizeOf(text)) * traversalFactor) * Math.ceil(patternLength * expressionFactor);

/** Of looking at each item of a list, and at each character of those that are text. */
export function listTraversal(value: Value): number {
  if (!(value instanceof List)) return traversal(value);
  let cost = 0;
  for (const item of value) cost += typeof item === 'string' || item instanceof Uint8Array ? traversal(item) : 1;
  return cost;
}

const comparable = (value: Value) => typeof value === 'string' || value instanceof Uint8Array || value instanceof List || value instanceof Mapping;

/** Of comparing two values: as long as the shorter one. */
export const comparison = ([a, b]: readonly Value[]): number =>
  (comparable(a!) && comparable(b!) ? Math.ceil(Math.min(sizeOf(a!), sizeOf(b!)) * traversalFactor) : 1);
