import type { FieldType } from '../../schema';
import { formatValue } from '../../go/format';
import { failed } from '../errors';
import { get, has, isMap, type JsonMap } from '../json';
import { patchDirective, retainKeysDirective } from './directives';
import { deduplicate, itemKind, sortScalars, type List } from './lists';
import { listRule, mapRule, type FieldRule } from './lookup';

/** Whether two patches of the same type set something to different values. Source: MergingMapsHaveConflicts. */
export function patchesConflict(left: JsonMap, right: JsonMap, type: FieldType): boolean {
  return valuesConflict(left, right, { type, strategy: '', retainKeys: false, mergeKey: '' });
}

function valuesConflict(left: unknown, right: unknown, rule: FieldRule): boolean {
  if (isMap(left)) return !isMap(right) || mapsConflict(left, right, rule);
  if (Array.isArray(left)) return !Array.isArray(right) || listsConflict(left, right, rule);
  return left !== right;
}

function mapsConflict(left: JsonMap, right: JsonMap, rule: FieldRule): boolean {
  if (get(left, patchDirective) !== get(right, patchDirective)) return true;
  if (rule.strategy === 'replace') return false;
  return Object.keys(left).some((key) => key !== patchDirective && key !== retainKeysDirective && has(right, key)
    && valuesConflict(left[key], right[key], memberRule(left[key], key, rule)));
}

function memberRule(value: unknown, key: string, { type }: FieldRule): FieldRule {
  if (Array.isArray(value)) return listRule(type, key);
  return isMap(value) ? mapRule(type, key) : { type, strategy: '', retainKeys: false, mergeKey: '' };
}

function byMergeKey(list: List, mergeKey: string): Map<string, JsonMap> {
  return new Map(list.map((item) => {
    if (!isMap(item)) throw failed(`invalid element type in merging list:${formatValue(list)}`);
    if (!has(item, mergeKey)) throw failed(`cannot find merge key \`${mergeKey}\` in merging list element:${formatValue(item)}`);
    return [formatValue(item[mergeKey]), item];
  }));
}

function listsConflict(left: List, right: List, rule: FieldRule): boolean {
  const kind = itemKind(left, right);
  const inner = { ...rule, strategy: '', mergeKey: '' };
  if (rule.strategy === 'merge') {
    if (kind === 'scalar') return false;
    const others = byMergeKey(right, rule.mergeKey);
    return [...byMergeKey(left, rule.mergeKey)].some(([key, item]) => others.has(key) && valuesConflict(item, others.get(key), inner));
  }
  if (left.length !== right.length) return true;
  const comparable = (list: List) => (kind === 'scalar' ? sortScalars(deduplicate(list)) : list);
  const others = comparable(right);
  return comparable(left).some((item, i) => valuesConflict(item, others[i], inner));
}
