import { deepEqual } from '../equal';
import { emptySet, union, type FieldSet } from './field-set';
import { buildNode, leaf } from './node';
import { compareElements, fieldElement, type PathElement } from './path-element';
import { isList, isMap, itemElement, shapeOf, type Members, type Shape } from './shape';
import type { ListType, MapType, Type } from './types';

/** `written`: what is new or has another value on the right; `removed`: what is there on the left alone. */
export interface Comparison {
  readonly written: FieldSet;
  readonly removed: FieldSet;
}

/** Of one node: absent parts are empty; a part that is a leaf is a member. */
interface Change {
  readonly written?: FieldSet | undefined;
  readonly removed?: FieldSet | undefined;
}

const written: Change = { written: leaf };
const removed: Change = { removed: leaf };

/**
 * Compares two objects of a type. Fields that a Go struct has without its JSON saying so count as there, as upstream
 * compares Go structs. Members of `skip` are not looked at, nor is what is below them. Lists whose items are told apart
 * may have duplicates. Throws ItemError. Source: TypedValue.Compare.
 */
export function compare(type: Type, left: Members, right: Members, skip: FieldSet = emptySet): Comparison {
  const change = compareShape(type, shapeOf(type, right), left, right, skip);
  return { written: change?.written ?? emptySet, removed: change?.removed ?? emptySet };
}

function compareNode(type: Type, left: unknown, right: unknown, skip: FieldSet | undefined): Change | undefined {
  if (left === right) return undefined;
  if (right === undefined) return compareShape(type, shapeOf(type, left), left, right, skip);
  const shape = shapeOf(type, right);
  const other = left === undefined ? shape : shapeOf(type, left);
  const change = compareShape(type, shape, left, right, skip);
  return other === shape ? change : both(compareShape(type, other, left, right, skip), change);
}

function compareShape(type: Type, shape: Shape, left: unknown, right: unknown, skip: FieldSet | undefined): Change | undefined {
  if (shape === 'map') return compareMaps(type.map!, left, right, skip);
  if (shape === 'list') return compareLists(type.list!, left, right);
  return compareLeaves(left, right);
}

function compareLeaves(left: unknown, right: unknown): Change | undefined {
  if (left === undefined) return written;
  if (right === undefined) return removed;
  return deepEqual(left, right) ? undefined : written;
}

const hasMembers = (value: Members): boolean => {
  for (const name in value) if (value[name] !== undefined) return true;
  return false;
};

const noMembers: Members = {};

function compareMaps(type: MapType, left: unknown, right: unknown, skip: FieldSet | undefined): Change | undefined {
  const [from, to] = [isMap(left) ? left : undefined, isMap(right) ? right : undefined];
  if (type.atomic) return compareLeaves(left, right);
  if (type.element) {
    if (!(from && hasMembers(from)) && !(to && hasMembers(to))) return compareLeaves(left, right);
    return new Level(left, right).named(type.element, from ?? noMembers, to ?? noMembers, skip).change();
  }
  const change = new Level(left, right).struct(type, from, to, skip).change();
  return change ?? ((left === null) === (right === null) ? undefined : written);
}

function compareLists(type: ListType, left: unknown, right: unknown): Change | undefined {
  const [from, to] = [isList(left) ? left : [], isList(right) ? right : []];
  if (type.atomic || (!from.length && !to.length)) return compareLeaves(left, right);
  return new Level(left, right).items(type, from, to).change();
}

/** Collects the changes of what is directly below a map or list. */
class Level {
  private written: [PathElement, FieldSet][] | undefined;
  private removed: [PathElement, FieldSet][] | undefined;

  constructor(private readonly left: unknown, private readonly right: unknown) {}

  struct({ fields }: MapType, left: Members | undefined, right: Members | undefined, skip: FieldSet | undefined): this {
    for (const field of fields) {
      const from = left && (left[field.name] ?? field.zero);
      const to = right && (right[field.name] ?? field.zero);
      if (from === to) continue;
      const skipped = skip?.[field.element];
      if (skipped !== leaf) this.add(field.element, compareNode(field.type, from, to, skipped));
    }
    return this;
  }

  named(type: Type, left: Members, right: Members, skip: FieldSet | undefined): this {
    const names = left === right ? [] : [...new Set([...Object.keys(left), ...Object.keys(right)])].sort();
    for (const name of names) {
      const element = fieldElement(name);
      const skipped = skip?.[element];
      if (skipped !== leaf) this.add(element, compareNode(type, left[name], right[name], skipped));
    }
    return this;
  }

  items(type: ListType, left: readonly unknown[], right: readonly unknown[]): this {
    const [from, to] = [elementsOf(type, left), elementsOf(type, right)];
    if (isAligned(from, to)) {
      const elements = from.length ? from : to;
      for (let at = 0; at < elements.length; at++) this.add(elements[at]!, compareNode(type.element, left[at], right[at], undefined));
    } else {
      const [inLeft, inRight] = [grouped(from, left), grouped(to, right)];
      for (const element of new Set([...from, ...to])) this.add(element, compareItems(type, inLeft.get(element) ?? [], inRight.get(element) ?? []));
    }
    sortOnDemand(this.written);
    sortOnDemand(this.removed);
    return this;
  }

  change(): Change | undefined {
    const [isNew, isGone] = [this.left === undefined, this.right === undefined];
    const { written = none, removed = none } = this;
    if (written === none && removed === none && !isNew && !isGone) return undefined;
    return {
      written: written !== none || isNew ? buildNode(isNew, written) : undefined,
      removed: removed !== none || isGone ? buildNode(isGone, removed) : undefined,
    };
  }

  private add(element: PathElement, change: Change | undefined): void {
    if (change?.written) (this.written ??= []).push([element, change.written]);
    if (change?.removed) (this.removed ??= []).push([element, change.removed]);
  }
}

const none: [PathElement, FieldSet][] = [];

const elementsOf = (type: ListType, items: readonly unknown[]): PathElement[] => items.map((item) => itemElement(type, item));

/** The same items in the same order, or those of one side alone, and no duplicates. */
function isAligned(a: readonly PathElement[], b: readonly PathElement[]): boolean {
  if (a.length && b.length && (a.length !== b.length || a.some((element, at) => element !== b[at]))) return false;
  const elements = a.length ? a : b;
  return elements.every((element, at) => elements.indexOf(element) === at);
}

function grouped(elements: readonly PathElement[], items: readonly unknown[]): Map<PathElement, unknown[]> {
  const groups = new Map<PathElement, unknown[]>();
  for (const [at, element] of elements.entries()) {
    const group = groups.get(element);
    if (group) group.push(items[at]);
    else groups.set(element, [items[at]]);
  }
  return groups;
}

function sortOnDemand(changes: [PathElement, FieldSet][] | undefined): void {
  if (changes?.some(([element], at) => at > 0 && compareElements(changes[at - 1]![0], element) > 0)) changes.sort(([a], [b]) => compareElements(a, b));
}

/** Duplicates count as one value, whole. */
function compareItems(type: ListType, left: unknown[], right: unknown[]): Change | undefined {
  if (left.length <= 1 && right.length <= 1) return compareNode(type.element, left[0], right[0], undefined);
  if (left.length > 1 && right.length > 1) return deepEqual(left, right) ? undefined : written;
  if (left.length > 1) return both(compareNode(type.element, undefined, right[0], undefined), removed);
  return both(compareNode(type.element, left[0], undefined, undefined), written);
}

function both(a: Change | undefined, b: Change | undefined): Change | undefined {
  if (!a || !b) return a ?? b;
  return { ...parts('written', a, b), ...parts('removed', a, b) };
}

function parts(part: keyof Change, a: Change, b: Change): Change {
  const [mine, other] = [a[part], b[part]];
  // Under a common element, since a leaf alone would count as the empty set.
  if (mine && other) return { [part]: union({ 'f:': mine }, { 'f:': other })['f:']! };
  return mine || other ? { [part]: mine ?? other } : {};
}
