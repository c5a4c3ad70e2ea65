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

/** Under a symbol, which neither JSON nor a walk over the elements sees. Nodes that came with an object have none until they are looked at. */
const idKey = Symbol('id');
let lastId = 0;

function idOf(node: FieldSet & { [idKey]?: number }): number {
  const id = node[idKey];
  if (id !== undefined) return id;
  Object.defineProperty(node, idKey, { value: ++lastId });
  return lastId;
}

/** `children` are sorted and not empty sets of their own. A node that is no member and has no children is the empty set. */
export function buildNode(member: boolean, children: readonly (readonly [PathElement, FieldSet])[]): FieldSet {
  if (!children.length) return leaf;
  let signature = member ? '.' : '';
  for (const [element, node] of children) signature += node === leaf ? `${element}\n` : `${element}\n${idOf(node)}\n`;
  return young.get(signature) ?? rememberedOrNew(signature, member, children);
}

function rememberedOrNew(signature: string, member: boolean, children: readonly (readonly [PathElement, FieldSet])[]): FieldSet {
  const known = old.get(signature);
  if (known) {
    remember(signature, known);
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
