import { keyElement, singleKeyElement, valueElement, type PathElement } from './path-element';
import type { ListType, Type } from './types';

export type Shape = 'map' | 'list' | 'scalar';
export type Members = Readonly<Record<string, unknown>>;

export const isMap = (value: unknown): value is Members => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isScalar = (value: unknown) => value !== undefined && value !== null && typeof value !== 'object';

/** What of its type a value is; a type with one meaning has it for every value. Source: deduceAtom and handleAtom. */
export function shapeOf(type: Type, value: unknown): Shape {
  if (type.list && isList(value)) return 'list';
  if (type.map && isMap(value)) return 'map';
  if (type.scalar && isScalar(value)) return 'scalar';
  return type.map ? 'map' : type.scalar ? 'scalar' : 'list';
}

/** An item that cannot be told from others. */
class ItemError extends Error {
  override readonly name = 'ItemError';
}

/** Throws ItemError. Source: listItemToPathElement. */
export function itemElement(list: ListType, item: unknown): PathElement {
  return list.keys.length ? keyedElement(list, item) : setElement(item);
}

function keyedElement({ keys, keyDefault }: ListType, item: unknown): PathElement {
  if (item === null || item === undefined) throw new ItemError('associative list with keys may not have a null element');
  if (!isMap(item)) throw new ItemError('associative list with keys may not have non-map elements');
  const valueOf = (name: string) => {
    const value = item[name] ?? keyDefault(name);
    if (value === undefined) throw new ItemError(`associative list with keys has an element that omits key field "${name}" (and doesn't have default value)`);
    return value;
  };
  return keys.length === 1 ? singleKeyElement(keys[0]!, valueOf(keys[0]!)) : keyElement(keys.map((name) => [name, valueOf(name)]));
}

function setElement(item: unknown): PathElement {
  if (isMap(item)) throw new ItemError(`associative list without keys has an element that's a map type`);
  if (isList(item)) throw new ItemError('not supported: associative list with lists as elements');
  if (item === null || item === undefined) throw new ItemError(`associative list without keys has an element that's an explicit null`);
  return valueElement(item);
}
