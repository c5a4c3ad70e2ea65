import { compareElements, type PathElement } from './path-element';
import { buildNode, leaf, type FieldSet } from './node';

export { isEmpty, leaf as emptySet, type FieldSet } from './node';

/*
 * A set in the form of FieldsV1: a tree by path elements. A node is a member when it holds `.` or nothing at all; the
 * root is never one, so that an empty root is the empty set. Sets are immutable, their elements sorted, and every
 * operation hands its operand on where the result equals it. After fieldpath.Set.
 */

type Children = [element: PathElement, node: FieldSet][];

const self = '.';

export function isMember(node: FieldSet | undefined): boolean {
  if (node === undefined) return false;
  if (node === leaf || self in node) return true;
  for (const _ in node) return false;
  return true;
}

/** The paths in the order of the set. `leaves` alone are those of members. */
export function paths(set: FieldSet): PathElement[][] {
  const found: PathElement[][] = [];
  collect(set, [], found);
  return found;
}

/** Members of a level come before what is below it. */
function collect(set: FieldSet, prefix: PathElement[], found: PathElement[][]): void {
  const elements = Object.keys(set).filter((element) => element !== self);
  for (const element of elements) if (isMember(set[element])) found.push([...prefix, element]);
  for (const element of elements) collect(set[element]!, [...prefix, element], found);
}

export function hasPath(set: FieldSet, path: readonly PathElement[]): boolean {
  let node: FieldSet | undefined = set;
  for (const element of path) node = node?.[element];
  return path.length > 0 && isMember(node);
}

/** A set of the paths. */
export const setOf = (...all: readonly PathElement[][]): FieldSet =>
  all.reduce<FieldSet>((set, path) => (path.length ? union(set, chain(path)) : set), leaf);

/** Fields by name: `fieldsOf(['metadata', 'labels'])`. */
export const fieldsOf = (...all: readonly (readonly string[])[]): FieldSet => setOf(...all.map((names) => names.map((name) => `f:${name}`)));

const chain = (path: readonly PathElement[]): FieldSet =>
  path.reduceRight<FieldSet | undefined>((below, element) => buildNode(false, [[element, below ?? leaf]]), undefined)!;

export function union(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b || b === leaf) return a;
  if (a === leaf) return b;
  if (covers(a, b)) return a;
  return unitedChildren(a, b, false, false);
}

/** Whether all that is below `b` is below `a`, too. */
function covers(a: FieldSet, b: FieldSet): boolean {
  for (const element in b) {
    if (element === self) continue;
    const [mine, other] = [a[element], b[element]!];
    if (mine === other) continue;
    if (!mine || (isMember(other) && !isMember(mine)) || !covers(mine, other)) return false;
  }
  return true;
}

function unitedNode(a: FieldSet, b: FieldSet): FieldSet {
  if (a === b) return a;
  const member = isMember(a);
  return unitedChildren(a, b, member, member || isMember(b));
}

function unitedChildren(a: FieldSet, b: FieldSet, wasMember: boolean, member: boolean): FieldSet {
  let changed = wasMember !== member;
  let grown = false;
  const children: Children = [];
  for (const element in a) {
    if (element === self) continue;
    const [mine, other] = [a[element]!, b[element]];
    const node = other ? unitedNode(mine, other) : mine;
    if (node !== mine) changed = true;
    children.push([element, node]);
  }
  for (const element in b) {
    if (element === self || a[element]) continue;
    children.push([element, b[element]!]);
    grown = true;
  }
  if (!changed && !grown) return a;
  if (grown) children.sort(([x], [y]) => compareElements(x, y));
  return buildNode(member, children);
}

export const intersection = (a: FieldSet, b: FieldSet): FieldSet => (a === b ? a : filtered(a, false, (element, node) => {
  const other = b[element];
  if (!other) return undefined;
  const below = intersection(node, other);
  return nodeOf(isMember(node) && isMember(other), below);
}));

/** Members of `a` that are not in `b`. A parent in `b` takes nothing below it away. */
export const difference = (a: FieldSet, b: FieldSet): FieldSet => (b === leaf ? a : filtered(a, false, (element, node) => {
  const other = b[element];
  if (!other) return node;
  const below = difference(node, other);
  const member = isMember(node);
  const stays = member && !isMember(other);
  return below === node && stays === member ? node : nodeOf(stays, below);
}));

/** As `difference`, but a member of `b` takes all that is below it away. */
export const recursiveDifference = (a: FieldSet, b: FieldSet): FieldSet => (b === leaf ? a : filtered(a, false, (element, node) => {
  const other = b[element];
  if (!other) return node;
  if (isMember(other)) return undefined;
  const below = recursiveDifference(node, other);
  return below === node ? node : nodeOf(isMember(node), below);
}));

/** `below` may hold membership of its own, which does not count. Undefined for nothing. */
function nodeOf(member: boolean, below: FieldSet): FieldSet | undefined {
  const children = Object.keys(below).filter((element) => element !== self).map((element): Children[number] => [element, below[element]!]);
  return children.length || member ? buildNode(member, children) : undefined;
}

/** The children that `keep` returns; the set itself when these are all it has. */
function filtered(set: FieldSet, member: boolean, keep: (element: PathElement, node: FieldSet) => FieldSet | undefined): FieldSet {
  let changed = false;
  const children: Children = [];
  for (const element in set) {
    if (element === self) continue;
    const node = set[element]!;
    const kept = keep(element, node);
    if (kept !== node) changed = true;
    if (kept) children.push([element, kept]);
  }
  return changed ? buildNode(member, children) : set;
}
