import { canonicalElement, compareElements, type PathElement } from './path-element';
import { buildNode, leaf, type FieldSet } from './node';

/** FieldsV1 that came from outside, in canonical form. Throws SyntaxError. Source: Set.FromJSON. */
export const parseFieldSet = (fields: unknown): FieldSet => (fields === undefined || fields === null ? leaf : parseNode(fields, true));

function parseNode(fields: unknown, isRoot = false): FieldSet {
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) throw new SyntaxError('fields are not an object');
  const children = new Map<PathElement, FieldSet>();
  for (const [text, below] of Object.entries(fields)) {
    if (text === '.') continue;
    const element = canonicalElement(text);
    if (element !== undefined) children.set(element, parseNode(below));
  }
  const sorted = [...children].sort(([a], [b]) => compareElements(a, b));
  return buildNode(!isRoot && '.' in fields, sorted);
}
