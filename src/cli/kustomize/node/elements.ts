import { isNull, isNullOrEmpty, type YamlNode } from '../../../api/yaml/document';
import { field, member, requireKind } from './fields';

/** Names of members and the texts they must have, by turns. A key of '' is the item itself. */
export interface ElementKey {
  keys: readonly string[];
  values: readonly string[];
}

/** The first item with those members; undefined when there is none, or no sequence. Source: ElementMatcher of kyaml. */
export function findElement(list: YamlNode | undefined, { keys, values }: ElementKey): YamlNode | undefined {
  if (isNull(list)) return undefined;
  requireKind(list, 'sequence');
  if (!keys[0]) return list.content.find((item) => item.value === (values[0] ?? ''));
  return list.content.find((item) => !isNull(item) && keys.every((key, i) => member(item, key)?.value === values[i]));
}

/** Whether an item is the one to be set. A value of '' asks only for the member; a key without a value is not asked for, unless it is the first. */
function isElement(item: YamlNode, { keys, values }: ElementKey): boolean {
  return values.length > 0 && keys.slice(0, values.length).every((key, i) => {
    if (key === '') {
      requireKind(item, 'scalar');
      return item.value === values[i];
    }
    const found = field(item, key);
    return found !== undefined && (values[i] === '' || found.value === values[i]);
  });
}

/**
 * Replaces the items with those members, or appends; without an element, removes them. Null and empty items go too.
 * Source: ElementSetter of kyaml.
 */
export function setElement(list: YamlNode, element: YamlNode | undefined, key: ElementKey): void {
  requireKind(list, 'sequence');
  const { keys, values } = key;
  const wantsMapping = Boolean(keys[0] && values[0]);
  let found = false;
  const kept: YamlNode[] = [];
  for (const item of list.content) {
    if (isNull(item) || (item.kind === 'mapping' && isNullOrEmpty(item))) continue;
    if (wantsMapping && item.kind !== 'mapping') kept.push(item);
    else if (!isElement(item, key)) {
      if (values.length > 0) kept.push(item);
    } else {
      found = true;
      if (element) kept.push(element);
    }
  }
  list.content = kept;
  if (element && !isNull(element) && !found) list.content.push(element);
}
