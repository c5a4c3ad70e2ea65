import type { PathElement } from './path-element';

/** A node of a tree of fields; see field-set.ts. Never changed once built. */
export interface FieldSet {
  readonly [element: PathElement]: FieldSet;
}

/** A member without anything below it; as a root, the empty set. */
export const leaf: FieldSet = Object.freeze({});

export function isEmpty(set: FieldSet): boolean {
  for (const _ in set) return false;
  return true;
}

/**
 * Objects of one kind written by one manager have the same fields, and pods come by the thousand: nodes that are equal
 * are one object. The pool forgets in two generations, so that what is in use stays.
 */
const generationSize = 8192;
let young = new Map<string, FieldSet>();
let old = new Map<string, FieldSet>();

const ids = new WeakMap<FieldSet, number>([[leaf, 0]]);
let lastId = 0;

function idOf(node: FieldSet): number {
  let id = ids.get(node);
  if (id === undefined) ids.set(node, (id = ++lastId));
  return id;
}

/** `children` are sorted and not empty sets of their own. A node that is no member and has no children is the empty set. */
export function buildNode(member: boolean, children: readonly (readonly [PathElement, FieldSet])[]): FieldSet {
  if (!children.length) return leaf;
  let signature = member ? '.' : '';
  for (const [element, node] of children) signature += `${element}\n${idOf(node)}\n`;
  const known = young.get(signature) ?? old.get(signature);
  if (known) {
    if (!young.has(signature)) remember(signature, known);
    return known;
  }
  const node: Record<PathElement, FieldSet> = member ? { '.': leaf } : {};
  for (const [element, child] of children) node[element] = child;
  remember(signature, node);
  return node;
}

function remember(signature: string, node: FieldSet): void {
  if (young.size >= generationSize) {
    old = young;
    young = new Map();
  }
  young.set(signature, node);
}
