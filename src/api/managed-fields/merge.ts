import { isList, isMap, itemElement, shapeOf, type Members, type Shape } from './shape';
import type { ListType, MapType, Type } from './types';
import type { PathElement } from './path-element';

/**
 * The live object with what the configuration says in its place; nothing is removed. Items of lists stand in the
 * configuration's order where the two share items, and those of one side keep their neighbours. Neither is changed; parts are
 * shared. Throws ItemError. Source: TypedValue.Merge.
 */
export const merge = (type: Type, live: unknown, config: unknown): unknown => mergeNode(type, live, config);

function mergeNode(type: Type, left: unknown, right: unknown): unknown {
  if (right === undefined) return left;
  if (left === undefined || left === right) return right;
  return mergeShape(type, shapeOf(type, right), left, right);
}

function mergeShape(type: Type, shape: Shape, left: unknown, right: unknown): unknown {
  if (shape === 'map') return mergeMaps(type.map!, left, right);
  return shape === 'list' ? mergeLists(type.list!, left, right) : right;
}

function mergeMaps(type: MapType, left: unknown, right: unknown): unknown {
  const [from, to]: [Members, Members] = [isMap(left) ? left : {}, isMap(right) ? right : {}];
  if (type.atomic || (!Object.keys(from).length && !Object.keys(to).length)) return right;
  const merged: Record<string, unknown> = { ...from };
  for (const name of Object.keys(to)) {
    const value = mergeNode(type.field(name)?.type ?? type.element!, from[name], to[name]);
    if (value !== undefined) merged[name] = value;
  }
  return merged;
}

interface Item {
  readonly element: PathElement;
  readonly value: unknown;
}

function mergeLists(type: ListType, left: unknown, right: unknown): unknown {
  const [from, to] = [isList(left) ? left : [], isList(right) ? right : []];
  if (type.atomic || (!from.length && !to.length)) return right;
  return mergeItems(type, itemsOf(type, from), itemsOf(type, to));
}

const itemsOf = (type: ListType, list: readonly unknown[]): Item[] => list.map((value) => ({ element: itemElement(type, value), value }));

/** By element; what occurs twice merges with nothing. */
function indexed(items: readonly Item[]): Map<PathElement, unknown> {
  const index = new Map<PathElement, unknown>();
  for (const { element, value } of items) index.set(element, index.has(element) ? null : value);
  return index;
}

/** Both lists are walked in step: own items of the left stay where they are, shared ones wait for their turn on the right. */
function mergeItems(type: ListType, left: readonly Item[], right: readonly Item[]): unknown[] {
  const [inLeft, inRight] = [indexed(left), indexed(right)];
  const shared = right.filter(({ element }) => inLeft.has(element)).map(({ element }) => element);
  const done = new Set<PathElement>();
  const merged: unknown[] = [];
  let [l, r, next] = [0, 0, 0];
  const take = (element: PathElement, value: unknown) => {
    done.add(element);
    merged.push(mergeNode(type.element, inLeft.get(element), value));
  };
  while (l < left.length || r < right.length) {
    const [mine, other] = [left[l], right[r]];
    if (mine && other) {
      if (mine.element === other.element) {
        take(mine.element, other.value);
        l++; r++; next++;
        continue;
      }
      if (inRight.has(mine.element) && next < shared.length && shared[next] !== mine.element) {
        l++;
        continue;
      }
    }
    if (mine && !inRight.has(mine.element)) {
      merged.push(mine.value);
      l++;
      continue;
    }
    if (mine && done.has(mine.element)) l++;
    if (other) {
      take(other.element, other.value);
      r++;
      if (shared[next] === other.element) next++;
    }
  }
  return merged;
}
