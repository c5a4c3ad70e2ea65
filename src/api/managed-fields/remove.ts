import { emptySet, isMember, type FieldSet } from './field-set';
import { isEmpty } from './node';
import { fieldElement } from './path-element';
import { isList, isMap, itemElement, shapeOf } from './shape';
import type { ListType, MapType, Type } from './types';

/**
 * The value without the members of the set; an atomic one is never taken apart. A map or list that loses all it had is
 * null. Source: TypedValue.RemoveItems.
 */
export function removeFields(type: Type, value: unknown, set: FieldSet): unknown {
  const shape = shapeOf(type, value);
  if (shape === 'scalar') return value;
  return shape === 'map' ? removeMembers(type.map!, value, set) : removeItems(type.list!, value, set);
}

/** Null for what is empty or atomic, as upstream: it asks this only of values that have members in the set. */
function removeMembers(type: MapType, value: unknown, set: FieldSet): unknown {
  if (!isMap(value) || type.atomic) return null;
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const node = set[fieldElement(name)];
    if (isMember(node)) continue;
    kept[name] = node ? removeFields(type.field(name)?.type ?? type.element!, member, node) : member;
  }
  return Object.keys(kept).length ? kept : null;
}

function removeItems(type: ListType, value: unknown, set: FieldSet): unknown {
  if (!isList(value) || type.atomic) return null;
  const kept: unknown[] = [];
  for (const item of value) {
    const node = set[itemElement(type, item)];
    if (isMember(node)) continue;
    kept.push(node ? removeFields(type.element, item, node) : item);
  }
  return kept.length ? kept : null;
}

/** The root is never null. */
export const withoutFields = <T extends object>(type: Type, value: T, set: FieldSet): T =>
  (isEmpty(set) || set === emptySet ? value : (removeFields(type, value, set) as T | null) ?? ({} as T));
