import { formatValue, goType } from '../../go/format';
import { badType, failed, listOfLists, noMergeKey } from '../errors';
import { get, has, isMap, type JsonMap } from '../json';
import { isDeletion } from './directives';

export type List = unknown[];

/** What the items of lists are. Throws when they differ in kind, are lists, or when there are none. */
export function itemKind(...lists: List[]): 'map' | 'scalar' {
  const items = lists.flat();
  const [first] = items;
  if (!items.length) throw failed('no elements in any of the given slices');
  if (Array.isArray(first)) throw listOfLists();
  if (items.some((item) => goType(item) !== goType(first))) {
    throw failed(`list element types are not identical: ${formatValue(lists)}`);
  }
  return isMap(first) ? 'map' : 'scalar';
}

/** What tells items apart: the value of the merge key, or the item itself when `mergeKey` is ''. */
export function identity(item: unknown, mergeKey: string): unknown {
  if (!mergeKey) return item;
  return isMap(item) ? get(item, mergeKey) : undefined;
}

export function requireMap(item: unknown): JsonMap {
  if (!isMap(item)) throw badType('map[string]interface {}', item);
  return item;
}

export function requireList(value: unknown): List {
  if (!Array.isArray(value)) throw badType('[]interface {}', value);
  return value;
}

/** The merge key's value of an item that must have one. */
export function mergeKeyValue(item: unknown, mergeKey: string): unknown {
  const map = requireMap(item);
  if (!has(map, mergeKey)) throw noMergeKey(map, mergeKey);
  return map[mergeKey];
}

/** Where an item stands in `list`, by identity; -1 when it is not there. */
function positions(list: List, mergeKey: string): (item: unknown) => number {
  const known = new Map<unknown, number>();
  for (const [i, item] of list.entries()) {
    const id = identity(item, mergeKey);
    if (!known.has(id)) known.set(id, i);
  }
  return (item) => known.get(identity(item, mergeKey)) ?? -1;
}

/**
 * A stable sort by rank. An item without rank sorts before whatever precedes it: upstream's comparison is no order there, and its
 * result that of Go's insertion sort.
 */
function sortByRank(items: List, rank: (item: unknown) => number): List {
  const ranked = items.map((item) => ({ item, rank: rank(item) }));
  if (ranked.every((entry) => entry.rank >= 0)) return ranked.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
  for (let i = 1; i < ranked.length; i++) {
    for (let j = i; j > 0; j--) {
      const [before, entry] = [ranked[j - 1]!, ranked[j]!];
      if (before.rank >= 0 && entry.rank >= 0 && entry.rank >= before.rank) break;
      [ranked[j - 1], ranked[j]] = [entry, before];
    }
  }
  return ranked.map(({ item }) => item);
}

/** Sorts `items` as `order` has them; deletions go last. Source: normalizeSliceOrder. */
export function sortBy(items: List, order: List, mergeKey: string): List {
  if (mergeKey) for (const item of [...items, ...order]) mergeKeyValue(item, mergeKey);
  return [...sortByRank(items.filter((item) => !isDeletion(item)), positions(order, mergeKey)), ...items.filter(isDeletion)];
}

/**
 * Weaves the live list's own items into the patched ones: each stays behind what preceded it in the live list, as far as that can
 * be; patched items that are new come first. Source: mergeSortedSlice.
 */
function weave(live: List, patched: List, liveOrder: List, mergeKey: string): List {
  const result: List = [];
  const position = positions(liveOrder, mergeKey);
  let [i, j] = [0, 0];
  while (i < live.length && j < patched.length) {
    const [left, right] = [position(live[i]), position(patched[j])];
    result.push(left >= 0 && right >= 0 && left < right ? live[i++] : patched[j++]);
  }
  return [...result, ...live.slice(i), ...patched.slice(j)];
}

/** The final order of a merged list. `patchOrder` rules over what it names, `liveOrder` over the rest. */
export function order(merged: List, patchOrder: List, liveOrder: List, mergeKey: string): List {
  if (mergeKey) for (const item of merged) mergeKeyValue(item, mergeKey);
  const named = new Set(patchOrder.map((item) => identity(item, mergeKey)));
  const isNamed = (item: unknown) => named.has(identity(item, mergeKey));
  const patched = sortBy(merged.filter(isNamed), patchOrder, mergeKey);
  const liveOnly = sortBy(merged.filter((item) => !isNamed(item)), liveOrder, mergeKey);
  return weave(liveOnly, patched, liveOrder, mergeKey);
}

/** Each scalar once. The last one takes the place of a repeated one, as upstream's algorithm has it. */
export function deduplicate(list: List): List {
  const result = [...list];
  for (let i = 0; i < result.length - 1; i++) {
    for (let j = i + 1; j < result.length; j++) {
      if (result[i] !== result[j]) continue;
      const last = result.pop();
      if (j < result.length) result[j] = last;
      j--;
    }
  }
  return result;
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

export const sortScalars = (list: List): List => [...list].sort((a, b) => byText(formatValue(a), formatValue(b)));

export const sortByMergeKey = (list: List, mergeKey: string): List =>
  [...list].sort((a, b) => byText(formatValue(identity(a, mergeKey)), formatValue(identity(b, mergeKey))));
