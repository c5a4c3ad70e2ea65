import type { Literal } from '../syntax/ast';
import type { Type } from '../types';
import { matching, times, traversing, type Extent } from './extent';

/** What is known of an expression before it runs. */
export interface Estimate {
  /** At most. */
  readonly cost: number;
  readonly type: Type;
  /** At most; known from the expression itself. */
  readonly size?: number;
  /** Where it is a part of a variable. */
  readonly extent?: Extent | undefined;
  readonly literal?: Literal['value'];
}

/** What a call costs beside its operands, and how large its result is. */
export interface CallEstimate {
  readonly cost: number;
  readonly size?: number;
}

/** `operands`: the receiver of a member function, then the arguments. */
export type CallRule = (operands: readonly Estimate[]) => CallEstimate;

const fixedSizes = new Set<Type['kind']>(['bool', 'int', 'uint', 'double', 'timestamp', 'duration']);

/** How large a value is at most; Infinity where nobody knows. */
export const sizeOf = ({ size, extent, type }: Estimate): number => size ?? extent?.max ?? (fixedSizes.has(type.kind) ? 1 : Infinity);

const isText = ({ kind }: Type) => kind === 'string' || kind === 'bytes';
const mayBeText = ({ type }: Estimate) => isText(type) || type.kind === 'dyn' || type.kind === 'parameter';

/** The items of a list as an expression of their own. */
function itemOf({ type, extent }: Estimate): Estimate | undefined {
  if (type.kind !== 'list') return undefined;
  return { cost: 0, type: type.element, extent: extent?.element };
}

const over = (factor: number): CallRule => ([text]) => ({ cost: traversing(sizeOf(text!), factor), size: sizeOf(text!) });

const looking: CallRule = ([list]) => {
  const item = itemOf(list!);
  if (!item) return { cost: traversing(sizeOf(list!)) };
  return { cost: times(sizeOf(list!), 1 + (isText(item.type) ? traversing(sizeOf(item)) : 0)) };
};

const replacing: CallRule = ([text, old, by]) => {
  const [size, oldSize, bySize] = [sizeOf(text!), typeof old!.literal === 'string' ? old!.size! : 0, sizeOf(by!)];
  const cost = traversing(size, 2);
  if (oldSize === 0) return { cost, size: times(size + 1, bySize) + size };
  return { cost, size: bySize <= oldSize ? size : times(Math.ceil(size / oldSize), bySize) };
};

const splitting: CallRule = ([text, , count]) =>
  ({ cost: traversing(sizeOf(text!), 2), size: typeof count?.literal === 'bigint' ? Number(count.literal) : sizeOf(text!) });

const joining: CallRule = ([list, separator]) => {
  const [length, item] = [sizeOf(list!), itemOf(list!)];
  const size = times(length, item ? sizeOf(item) : Infinity) + (separator ? times(Math.max(0, length - 1), sizeOf(separator)) : 0);
  return { cost: traversing(size), size };
};

const finding: CallRule = ([text, pattern]) => ({ cost: matching(sizeOf(text!), sizeOf(pattern!)), size: sizeOf(text!) });

const adding: CallRule = (operands) => {
  const size = operands.reduce((sum, operand) => sum + sizeOf(operand), 0);
  if (operands.some(({ type }) => type.kind === 'list')) return { cost: 1, size };
  return operands.every(mayBeText) ? { cost: Math.max(1, traversing(size)), size } : { cost: 1 };
};

const comparing: CallRule = (operands) => ({ cost: traversing(Math.min(...operands.map(sizeOf))) });

/** Quantities, addresses and such are compared at once. */
const equalling: CallRule = (operands) => (operands.every(({ type }) => type.kind === 'opaque') ? { cost: 1 } : comparing(operands));

const ordering: CallRule = (operands) => (operands.every(mayBeText) ? { cost: Math.max(comparing(operands).cost, operands.every(({ type }) => isText(type)) ? 0 : 1) } : { cost: 1 });

const sets = (factor: number): CallRule => ([a, b]) => ({ cost: times(times(sizeOf(a!), sizeOf(b!)), factor) + 1 });

/** Source: functionCost in cel-go's checker/cost.go, EstimateCallCost in k8s.io/apiserver/pkg/cel/library/cost.go. */
const rules: Readonly<Record<string, CallRule>> = {
  isSorted: looking, sum: looking, min: looking, max: looking, indexOf: looking, lastIndexOf: looking,
  url: over(1), 'jsonpatch.escapeKey': over(1), lowerAscii: over(1), upperAscii: over(1), substring: over(1), trim: over(1), format: over(1),
  replace: replacing, split: splitting, join: joining, find: finding, findAll: finding,
  startsWith: ([, part]) => ({ cost: traversing(sizeOf(part!)) }),
  endsWith: ([, part]) => ({ cost: traversing(sizeOf(part!)) }),
  contains: ([text, part]) => ({ cost: times(traversing(sizeOf(text!)), traversing(sizeOf(part!))) }),
  matches: ([text, pattern]) => ({ cost: matching(sizeOf(text!), sizeOf(pattern!)) }),
  validate: ([, text]) => ({ cost: times(traversing(sizeOf(text!)), 32) }),
  'strings.quote': ([text]) => ({ cost: traversing(sizeOf(text!)), size: sizeOf(text!) * 2 + 2 }),
  'sets.contains': sets(1), 'sets.intersects': sets(1), 'sets.equivalent': sets(2),
  '@in': ([, container]) => ({ cost: container!.type.kind === 'map' ? 1 : sizeOf(container!) }),
  '_+_': adding, '_==_': equalling, '_!=_': comparing, '_<_': ordering, '_<=_': ordering, '_>_': ordering, '_>=_': ordering,
};

const one: CallEstimate = { cost: 1 };

export const callEstimate = (name: string, operands: readonly Estimate[]): CallEstimate => (Object.hasOwn(rules, name) ? rules[name]!(operands) : one);
