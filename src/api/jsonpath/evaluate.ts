import { comparisons, Float } from '../go/compare';
import { formatValue, goType } from '../go/format';
import type { List, Node } from './nodes';

/** An evaluation that fails. `partial` is what had been found: filters take it for existence. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';

  constructor(message: string, readonly partial: unknown[]) {
    super(message);
  }
}

type Map = Record<string, unknown>;
const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Float);
const isNil = (value: unknown) => value === null;

/** What an evaluation needs beside its input; a `range` or `end` met on the way is noted in it. */
export interface Context {
  allowMissingKeys: boolean;
  inRange: boolean;
  met?: 'range' | 'end';
}

export function evaluateList(input: unknown[], list: List, context: Context): unknown[] {
  return list.nodes.reduce((current, node) => evaluate(current, node, context), input);
}

export function evaluate(input: unknown[], node: Node, context: Context): unknown[] {
  switch (node.kind) {
    case 'list': return evaluateList(input, node, context);
    case 'text': return [node.text];
    case 'literal': return input.map(() => node.value);
    case 'field': return field(input, node.name, context);
    case 'array': return input.flatMap((value) => slice(value, node, input));
    case 'filter': return input.flatMap((value) => filter(value, node, input, context));
    case 'wildcard': return input.flatMap(members);
    case 'recursive': return descend(input);
    case 'union': return node.alternatives.flatMap((alternative) => evaluateList(input, alternative, context));
    case 'identifier': return identifier(input, node.name, context);
  }
}

function identifier(input: unknown[], name: string, context: Context): unknown[] {
  if (name === 'range') {
    context.met = 'range';
    return input;
  }
  if (name !== 'end') throw new JsonPathError(`unrecognized identifier ${name}`, input);
  if (!context.inRange) throw new JsonPathError('not in range, nothing to end', []);
  context.met = 'end';
  return [];
}

function field(input: unknown[], name: string, { allowMissingKeys }: Context): unknown[] {
  const found = input.flatMap((value) => (isMap(value) && Object.hasOwn(value, name) ? [value[name]] : []));
  if (input.length && !found.length && !allowMissingKeys) throw new JsonPathError(`${name} is not found`, []);
  return found;
}

/** In the order of the keys, where upstream has none. A string consists of its bytes. */
function members(value: unknown): unknown[] {
  if (Array.isArray(value)) return value;
  if (isMap(value)) return Object.keys(value).sort().map((key) => value[key]);
  return typeof value === 'string' ? [...Buffer.from(value)] : [];
}

/** Everything that has something in it, at any depth, each before what it holds. */
function descend(input: unknown[]): unknown[] {
  return input.flatMap((value) => {
    const inside = members(value);
    return inside.length ? [value, ...descend(inside)] : [];
  });
}

function slice(value: unknown, { parameters: [start, end, step] }: Extract<Node, { kind: 'array' }>, input: unknown[]): unknown[] {
  if (isNil(value)) return [];
  if (!Array.isArray(value)) throw new JsonPathError(`${goType(value)} is not array or slice`, input);
  const { length } = value;
  const from = (start.known ? start.value : 0) + (start.known && start.value < 0 ? length : 0);
  let to = end.known ? end.value : length;
  if (to < 0 || (to === 0 && end.derived)) to += length;
  if (from === to) return [];
  const outOfBounds = (index: number) => new JsonPathError(`array index out of bounds: index ${index}, length ${length}`, input);
  if (from >= length || from < 0) throw outOfBounds(from);
  if (to > length || to < 0) throw outOfBounds(to - 1);
  if (from > to) throw new JsonPathError(`starting index ${from} is greater than ending index ${to}`, input);
  if (step.known && step.value <= 0) throw new JsonPathError('step must be > 0', input);
  return value.slice(from, to).filter((_, i) => i % (step.known ? step.value : 1) === 0);
}

type Filter = Extract<Node, { kind: 'filter' }>;

function filter(value: unknown, node: Filter, input: unknown[], context: Context): unknown[] {
  if (!Array.isArray(value)) throw new JsonPathError(`${formatValue(value)} is not array or slice and cannot be filtered`, input);
  return value.filter((item) => (node.operator === 'exists' ? exists(item, node.left, context) : passes(item, node, input, context)));
}

function exists(item: unknown, left: List, context: Context): boolean {
  try {
    return evaluateList([item], left, context).length > 0;
  } catch (error) {
    if (error instanceof JsonPathError) return error.partial.length > 0;
    throw error;
  }
}

function passes(item: unknown, { left, right, operator }: Filter, input: unknown[], context: Context): boolean {
  const sides: unknown[] = [];
  for (const side of [left, right]) {
    const found = evaluateSide(item, side, input, context);
    if (!found.length) return false;
    if (found.length > 1) throw new JsonPathError('can only compare one element at a time', input);
    sides.push(found[0]);
  }
  const compare = comparisons[operator];
  if (!compare) throw new JsonPathError(`unrecognized filter operator ${operator}`, []);
  try {
    return compare(sides[0], sides[1]);
  } catch (error) {
    throw new JsonPathError((error as Error).message, []);
  }
}

function evaluateSide(item: unknown, side: List, input: unknown[], context: Context): unknown[] {
  try {
    return evaluateList([item], side, context);
  } catch (error) {
    throw new JsonPathError((error as Error).message, input);
  }
}
