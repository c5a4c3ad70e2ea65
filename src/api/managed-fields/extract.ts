import { emptySet, type FieldSet } from './field-set';
import { buildNode, leaf } from './node';
import { compareElements, fieldElement, type PathElement } from './path-element';
import { isList, isMap, itemElement, shapeOf, type Members } from './shape';
import type { ListType, MapType, Type } from './types';

/** Every leaf and every item that the value mentions: what applying it lays claim to. Throws ItemError. Source: TypedValue.ToFieldSet. */
export const fieldsIn = (type: Type, value: unknown): FieldSet => nodeOf(type, value) ?? emptySet;

/** Undefined where there is nothing; a leaf is a member. */
function nodeOf(type: Type, value: unknown): FieldSet | undefined {
  const shape = shapeOf(type, value);
  if (shape === 'scalar') return leaf;
  return shape === 'map' ? mapNode(type.map!, value) : listNode(type.list!, value);
}

function mapNode(type: MapType, value: unknown): FieldSet | undefined {
  if (type.atomic) return leaf;
  if (!isMap(value)) return undefined;
  const children: [PathElement, FieldSet][] = [];
  for (const name of Object.keys(value).sort()) {
    const node = memberNode(type, name, value);
    if (node) children.push([fieldElement(name), node]);
  }
  return children.length ? buildNode(false, children) : undefined;
}

function memberNode(type: MapType, name: string, { [name]: value }: Members): FieldSet | undefined {
  if (value === undefined) return undefined;
  const field = type.field(name);
  const node = nodeOf(field?.type ?? type.element!, value);
  const member = !field || value === null || (isMap(value) && !Object.keys(value).length);
  return member ? asMember(node) : node;
}

function listNode(type: ListType, value: unknown): FieldSet | undefined {
  if (type.atomic) return leaf;
  if (!isList(value) || !value.length) return undefined;
  const nodes = new Map<PathElement, FieldSet | undefined>();
  for (const item of value) {
    const element = itemElement(type, item);
    // Duplicates are one value, whole.
    nodes.set(element, nodes.has(element) ? leaf : asMember(nodeOf(type.element, item)));
  }
  return buildNode(false, [...nodes].sort(([a], [b]) => compareElements(a, b)) as [PathElement, FieldSet][]);
}

function asMember(node: FieldSet | undefined): FieldSet {
  if (!node || node === leaf || node['.']) return node ?? leaf;
  return buildNode(true, Object.entries(node));
}
