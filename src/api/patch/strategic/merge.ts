import type { FieldType } from '../../schema';
import { formatValue, goType } from '../../go/format';
import { badDirective, badElementOrder, badRetainKeys, failed, noMergeKey } from '../errors';
import { equal, get, has, isMap, put, type JsonMap } from '../json';
import {
  deletionsOf, deletionsPrefix, discardNulls, elementOrderOf, elementOrderPrefix, hasDirective, isDeletion, patchDirective, retainKeysDirective,
  withoutDirectives,
} from './directives';
import { deduplicate, identity, itemKind, mergeKeyValue, order, requireList, requireMap, type List } from './lists';
import { listRule, mapRule, type FieldRule } from './lookup';

/**
 * `apply`: a patch is merged into an object, directives are carried out.
 * `combine`: a patch is merged into a patch, directives and nulls are kept to be sent.
 */
export type Mode = 'apply' | 'combine';

/** Merges `patch` into `original`, changing both. Source: mergeMap. */
export function mergeMap(original: JsonMap, patch: JsonMap, type: FieldType, mode: Mode): JsonMap {
  if (has(patch, patchDirective)) return wholeMap(patch);
  applyRetainKeys(original, patch, mode);
  mergeOrderedLists(original, patch, type, mode);
  for (const [key, change] of Object.entries(patch)) mergeMember(original, key, change, type, mode);
  return original;
}

function wholeMap(patch: JsonMap): JsonMap {
  const { [patchDirective]: directive, ...rest } = patch;
  if (directive === 'replace') return rest;
  if (directive === 'delete') return {};
  throw badDirective(directive, patch);
}

function mergeMember(original: JsonMap, key: string, change: unknown, type: FieldType, mode: Mode): void {
  if (key.startsWith(deletionsPrefix)) {
    if (mode === 'combine') put(original, key, change);
    else deleteScalars(original, deletionsOf(key), change);
    return;
  }
  if (change === null) {
    delete original[key];
    if (mode === 'apply') return;
  }
  const current = get(original, key);
  if (!has(original, key) || goType(current) !== goType(change)) takeWhole(original, key, mode === 'apply' ? discardNulls(change) : change);
  else if (isMap(current)) put(original, key, mergeMapField(current, change as JsonMap, mapRule(type, key), mode));
  else if (Array.isArray(current)) put(original, key, mergeListField(current, change as List, listRule(type, key), mode));
  else takeWhole(original, key, change);
}

function takeWhole(original: JsonMap, key: string, change: unknown): void {
  const kept = withoutDirectives(change);
  if (kept === undefined) delete original[key];
  else put(original, key, kept);
}

function mergeMapField(current: JsonMap, change: JsonMap, rule: FieldRule, mode: Mode): JsonMap {
  return rule.strategy === 'replace' ? change : mergeMap(current, change, rule.type, mode);
}

function mergeListField(current: List, change: List, rule: FieldRule, mode: Mode): List {
  return rule.strategy === 'merge' ? mergeLists(current, change, rule, mode) : change;
}

function deleteScalars(original: JsonMap, key: string, deletions: unknown): void {
  const current = get(original, key);
  if (!Array.isArray(current) || !Array.isArray(deletions)) return;
  put(original, key, current.filter((item) => !deletions.includes(item)));
}

/** Source: mergeSlice. */
function mergeLists(current: List, change: List, rule: FieldRule, mode: Mode): List {
  if (!current.length && !change.length) return current;
  const { mergeKey } = rule;
  if (itemKind(current, change) === 'scalar') {
    return order(deduplicate([...current, ...change]), change, current, mergeKey);
  }
  if (!mergeKey) throw failed('cannot merge lists without merge key for struct');
  const { live, patch } = applyItemDirectives(current, change, mergeKey);
  return order(mergeItems(live, patch, rule, mode), patch, live, mergeKey);
}

/** Deletes what the patch says and finds whether it replaces the whole list. Source: mergeSliceWithSpecialElements. */
function applyItemDirectives(current: List, change: List, mergeKey: string): { live: List; patch: List } {
  const plain = change.filter((item) => !hasDirective(item));
  let live = current;
  let replaces = false;
  for (const item of change.filter(hasDirective) as JsonMap[]) {
    const directive = item[patchDirective];
    if (directive === 'replace') replaces = true;
    else if (directive === 'merge') throw failed('merging lists cannot yet be specified in the patch');
    else if (directive !== 'delete') throw badDirective(directive, item);
    else if (!has(item, mergeKey)) throw noMergeKey(item, mergeKey);
    else live = live.filter((candidate) => identity(candidate, mergeKey) !== item[mergeKey]);
  }
  return replaces ? { live: plain, patch: [] } : { live, patch: plain };
}

function mergeItems(live: List, patch: List, rule: FieldRule, mode: Mode): List {
  const merged = [...live];
  for (const item of patch as JsonMap[]) {
    const wanted = mergeKeyValue(item, rule.mergeKey);
    const at = merged.findIndex((candidate) => identity(candidate, rule.mergeKey) === wanted);
    if (at < 0) merged.push(item);
    else merged[at] = mergeMap(merged[at] as JsonMap, item, rule.type, mode);
  }
  return merged;
}

/** Source: applyRetainKeysDirective. */
function applyRetainKeys(original: JsonMap, patch: JsonMap, mode: Mode): void {
  if (!has(patch, retainKeysDirective)) return;
  const retained = patch[retainKeysDirective];
  delete patch[retainKeysDirective];
  if (mode === 'combine') return copyRetainKeys(original, retained);
  if (!Array.isArray(retained)) throw badRetainKeys();
  for (const [key, value] of Object.entries(patch)) {
    const exempt = value === null || key.startsWith(deletionsPrefix) || key.startsWith(elementOrderPrefix);
    if (!exempt && !retained.includes(key)) throw badRetainKeys();
  }
  for (const key of Object.keys(original)) if (!retained.includes(key)) delete original[key];
}

function copyRetainKeys(original: JsonMap, retained: unknown): void {
  const own = get(original, retainKeysDirective);
  if (own !== undefined && !equal(own, retained)) {
    throw failed(`${formatValue(own)} and ${formatValue(retained)} are not deep equal: this may happen when calculating the 3-way diff patch`);
  }
  original[retainKeysDirective] = retained;
}

/** Merges each list that the patch gives an order for, and takes both out of the patch. Source: mergePatchIntoOriginal. */
function mergeOrderedLists(original: JsonMap, patch: JsonMap, type: FieldType, mode: Mode): void {
  for (const directive of Object.keys(patch).filter((key) => key.startsWith(elementOrderPrefix))) {
    const elementOrder = patch[directive];
    if (mode === 'combine') copyElementOrder(original, directive, elementOrder);
    delete patch[directive];
    const key = elementOrderOf(requireList(elementOrder) && directive);
    mergeOrderedList(original, patch, key, elementOrder as List, type, mode);
  }
}

function copyElementOrder(original: JsonMap, directive: string, elementOrder: unknown): void {
  if (has(original, directive) && !equal(original[directive], elementOrder)) throw badElementOrder();
  put(original, directive, elementOrder);
}

function mergeOrderedList(original: JsonMap, patch: JsonMap, key: string, elementOrder: List, type: FieldType, mode: Mode): void {
  const current = has(original, key) ? requireList(original[key]) : undefined;
  const change = has(patch, key) ? requireList(patch[key]) : undefined;
  const rule = listRule(type, key);
  checkElementOrder(change ?? [], elementOrder, rule.mergeKey);
  if (!current && !change) return;
  const merged = !change ? current! : !current ? (withoutDirectives(change) as List) : mergeListField(current, change, rule, mode);
  itemKind(current ?? [], change ?? []);
  put(original, key, order(merged, elementOrder, current ?? [], rule.mergeKey));
  delete patch[key];
}

/** Every item of the patch must be in the order list, in the same order. Source: validatePatchWithSetOrderList. */
function checkElementOrder(change: List, elementOrder: List, mergeKey: string): void {
  if (!change.length || !elementOrder.length) return;
  const items = mergeKey ? change.filter((item) => !isDeletion(requireMap(item))) : change;
  const value = (item: unknown) => (mergeKey ? mergeKeyValue(item, mergeKey) : item);
  let [at, inOrder] = [0, 0];
  while (at < items.length && inOrder < elementOrder.length) {
    if (hasDirective(items[at])) {
      at++;
      continue;
    }
    if (value(items[at]) === value(elementOrder[inOrder])) at++;
    inOrder++;
  }
  if (at < items.length) {
    throw failed(`The order in patch list:\n${formatValue(change)}\n doesn't match ${elementOrderPrefix} list:\n${formatValue(elementOrder)}\n`);
  }
}
