import type { FieldType } from '../../schema';
import { formatValue, goType } from '../../go/format';
import { failed } from '../errors';
import { equal, get, has, isMap, put, type JsonMap } from '../json';
import { deletionsPrefix, elementOrderPrefix, patchDirective, retainKeysDirective } from './directives';
import { deduplicate, itemKind, mergeKeyValue, sortBy, sortByMergeKey, sortScalars, type List } from './lists';
import { listRule, mapRule, type FieldRule } from './lookup';

export interface DiffOptions {
  /** Report what is new or different. */
  changes: boolean;
  /** Report what is gone. */
  deletions: boolean;
  /** Send `$setElementOrder` with lists that change. */
  elementOrder: boolean;
  /** Send `$retainKeys` for the object at hand. */
  retainKeys?: boolean;
}

const isEmpty = (map: JsonMap) => Object.keys(map).length === 0;

/** A strategic merge patch from `original` to `modified`. Source: diffMaps. */
export function diffMaps(original: JsonMap, modified: JsonMap, type: FieldType, options: DiffOptions): JsonMap {
  const patch: JsonMap = {};
  for (const key of Object.keys(modified)) diffMember(patch, key, original, modified, type, options);
  if (options.deletions) for (const key of Object.keys(original)) if (!has(modified, key)) put(patch, key, null);
  if (options.retainKeys) addRetainKeys(patch, original, modified);
  return patch;
}

function addRetainKeys(patch: JsonMap, original: JsonMap, modified: JsonMap): void {
  const retained = Object.keys(modified).filter((key) => modified[key] !== null);
  const clears = Object.keys(original).some((key) => original[key] !== null && !has(modified, key));
  if (retained.length && (!isEmpty(patch) || clears)) patch[retainKeysDirective] = retained.sort();
}

function diffMember(patch: JsonMap, key: string, original: JsonMap, modified: JsonMap, type: FieldType, options: DiffOptions): void {
  const [before, after] = [get(original, key), modified[key]];
  if (!has(original, key)) {
    if (options.changes) put(patch, key, after);
  } else if (key === patchDirective) {
    if (typeof before !== 'string' || typeof after !== 'string') throw failed(`invalid value for special key: ${patchDirective}`);
    if (before !== after) patch[key] = after;
  } else if (isMap(before) && isMap(after)) diffMapField(patch, key, before, after, type, options);
  else if (Array.isArray(before) && Array.isArray(after)) diffListField(patch, key, before, after, type, options);
  else if (options.changes && (goType(before) !== goType(after) || before !== after)) put(patch, key, after);
}

/** Without a rule, equal values need none. */
function ruleUnlessEqual(lookup: () => FieldRule, before: unknown, after: unknown): FieldRule | undefined {
  try {
    return lookup();
  } catch (error) {
    if (equal(before, after)) return undefined;
    throw error;
  }
}

function diffMapField(patch: JsonMap, key: string, before: JsonMap, after: JsonMap, type: FieldType, options: DiffOptions): void {
  const rule = ruleUnlessEqual(() => mapRule(type, key), before, after);
  if (!rule) return;
  if (rule.strategy === 'replace') {
    if (options.changes) put(patch, key, after);
    return;
  }
  const difference = diffMaps(before, after, rule.type, { ...options, retainKeys: rule.retainKeys });
  if (!isEmpty(difference)) put(patch, key, difference);
}

function diffListField(patch: JsonMap, key: string, before: List, after: List, type: FieldType, options: DiffOptions): void {
  const rule = ruleUnlessEqual(() => listRule(type, key), before, after);
  if (!rule) return;
  if (rule.strategy !== 'merge') {
    if (options.changes && !equal(before, after)) put(patch, key, after);
    return;
  }
  const { items, deletions, elementOrder } = diffLists(before, after, rule, { ...options, retainKeys: rule.retainKeys });
  if (items.length) put(patch, key, items);
  if (deletions.length) patch[`${deletionsPrefix}/${key}`] = deletions;
  if (elementOrder.length) patch[`${elementOrderPrefix}/${key}`] = elementOrder;
}

interface ListDifference {
  /** What to merge into the list, deleted objects last. */
  items: List;
  /** Scalars to delete. */
  deletions: List;
  /** The order to send; empty when none need be sent. */
  elementOrder: List;
}

function diffLists(before: List, after: List, rule: FieldRule, options: DiffOptions): ListDifference {
  if (!before.length) return { items: options.changes ? after : [], deletions: [], elementOrder: [] };
  return itemKind(before, after) === 'map' ? diffObjects(before, after, rule, options) : diffScalars(before, after, options);
}

function diffScalars(before: List, after: List, options: DiffOptions): ListDifference {
  const added: List = [];
  const removed: List = [];
  const [left, right] = [sortScalars(before), sortScalars(after)];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const [a, b] = [formatValue(left[i]), formatValue(right[j])];
    if (i < left.length && j < right.length && a === b) {
      i++;
      j++;
    } else if (i >= left.length || (j < right.length && a > b)) added.push(right[j++]);
    else removed.push(left[i++]);
  }
  const deletions = options.deletions ? deduplicate(removed) : [];
  const changed = deletions.length > 0 || (options.changes && !equal(before, after));
  return {
    items: options.changes ? sortBy(added, after, '') : [],
    deletions,
    elementOrder: options.elementOrder && changed ? after : [],
  };
}

function diffObjects(before: List, after: List, rule: FieldRule, options: DiffOptions): ListDifference {
  const { mergeKey } = rule;
  const { changed, deleted } = compareObjects(before, after, rule, options);
  const items = [...sortBy(changed, after, mergeKey), ...deleted];
  const sameOrder = before.length === after.length
    && before.every((item, i) => mergeKeyValue(item, mergeKey) === mergeKeyValue(after[i], mergeKey));
  const sendOrder = options.elementOrder
    && ((options.changes && (items.length > 0 || !sameOrder)) || (options.deletions && items.length > 0));
  return {
    items,
    deletions: [],
    elementOrder: sendOrder ? after.map((item) => ({ [mergeKey]: (item as JsonMap)[mergeKey] })) : [],
  };
}

/** Walks both lists in the order of their merge keys. Source: diffListsOfMaps. */
function compareObjects(before: List, after: List, { mergeKey, type }: FieldRule, options: DiffOptions): { changed: List; deleted: List } {
  const changed: List = [];
  const deleted: List = [];
  const [left, right] = [sortByMergeKey(before, mergeKey), sortByMergeKey(after, mergeKey)] as [JsonMap[], JsonMap[]];
  const text = (item: JsonMap | undefined) => (item ? formatValue(mergeKeyValue(item, mergeKey)) : undefined);
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const [a, b] = [text(left[i]), text(right[j])];
    if (a !== undefined && a === b) {
      const difference = diffMaps(left[i++]!, right[j]!, type, options);
      if (!isEmpty(difference)) changed.push({ ...difference, [mergeKey]: right[j]![mergeKey] });
      j++;
    } else if (a === undefined || (b !== undefined && a > b)) {
      if (options.changes) changed.push(right[j]);
      j++;
    } else {
      if (options.deletions) deleted.push({ [mergeKey]: left[i]![mergeKey], [patchDirective]: 'delete' });
      i++;
    }
  }
  return { changed, deleted };
}
