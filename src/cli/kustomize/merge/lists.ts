import { collectionNode, isNull, isNullOrEmpty, scalarNode, type YamlNode } from '../../../api/yaml/document';
import { findElement, setElement, type ElementKey } from '../node/elements';
import { field, member, setField, setScalar } from '../node/fields';

/** The node that is patched, and the patch; either may lack. When one lacks, both end up to be the other. */
export type Sources = [dest: YamlNode | undefined, patch: YamlNode | undefined];

interface ListMerge {
  /** Members that identify an item; none when items are scalars. */
  keys: readonly string[];
  mergeItem: (items: Sources) => YamlNode | undefined;
}

/** Merges lists item by item; those of the patch come first. Source: associative_sequence.go of kyaml. */
export function mergeList(dest: YamlNode, sources: Sources, merge: ListMerge): YamlNode | undefined {
  const rows = identities(sources, merge.keys);
  if (rows.length || merge.keys.length) return mergeItems(dest, sources, rows, merge);
  return mergeItems(dest, sources, scalars(sources), { ...merge, keys: [''] });
}

/** The patch before the patched. */
const patchFirst = ([dest, patch]: Sources): YamlNode[] => [patch, dest].filter((node) => node !== undefined);

/** The members that identify each item, '' for those that it lacks. */
function identities(sources: Sources, keys: readonly string[]): string[][] {
  const rows = patchFirst(sources).flatMap(({ content }) => content.map((item) => keys.map((key) => textAt(item, key))));
  return unique(rows.filter((row) => row.length > 0));
}

function textAt(item: YamlNode, key: string): string {
  const value = member(item, key);
  return isNullOrEmpty(value) ? '' : value!.value;
}

const scalars = (sources: Sources): string[][] => unique(patchFirst(sources).flatMap(({ content }) => content.map(({ value }) => [value])));

function unique(rows: string[][]): string[][] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const id = JSON.stringify(row);
    return !seen.has(id) && seen.add(id);
  });
}

/** Only members that some item has count; when none has any, all do. */
function validKey(rows: readonly string[][], values: readonly string[], keys: readonly string[]): ElementKey {
  const given = new Set(rows.flatMap((row) => row.flatMap((value, i) => (value === '' ? [] : [keys[i]!]))));
  if (given.size === 0) return { keys, values };
  return { keys: keys.filter((key) => given.has(key)), values: values.filter((value, i) => value !== '' || given.has(keys[i]!)) };
}

/** Rows that agree in something and differ only where one is '' are the same item: `80/''` and `80/TCP`. */
function completeRows(rows: string[][]): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    for (let j = 0; j < rows.length; j++) {
      const joined = join(row, rows[j]!);
      if (joined) rows[i] = rows[j] = joined;
    }
  }
}

function join(a: string[], b: string[]): string[] | undefined {
  if (a.length !== b.length || a.some((value, i) => value !== b[i] && value !== '' && b[i] !== '')) return undefined;
  return a.some((value, i) => value === b[i]) ? a.map((value, i) => value || b[i]!) : undefined;
}

function mergeItems(dest: YamlNode, sources: Sources, rows: string[][], { keys, mergeItem }: ListMerge): YamlNode | undefined {
  const merged = collectionNode('sequence');
  if (keys.length > 1) completeRows(rows);
  let last: ElementKey = { keys, values: [] };
  for (const values of rows) {
    last = validKey(rows, values, keys);
    const items = sources.map((list) => list && itemOf(list, last)) as Sources;
    const item = mergeItem(items);
    if (isGone(item)) setElement(dest, undefined, last);
    else {
      keepKey(item!, last);
      setElement(merged, item, last);
    }
  }
  return rows.length ? appendItems(merged, dest, last.keys) : dest;
}

const isGone = (node: YamlNode | undefined): boolean => isNull(node) || (node.kind === 'mapping' && isNullOrEmpty(node));

function itemOf(list: YamlNode, { keys, values }: ElementKey): YamlNode | undefined {
  if (list.kind !== 'sequence') return undefined;
  return findElement(list, validKey([[...values]], values, keys));
}

function keepKey(item: YamlNode, { keys, values }: ElementKey): void {
  for (const [i, key] of keys.entries()) {
    if (!values[i] || member(item, key)) continue;
    if (key === '') setScalar(item, scalarNode(values[i]!));
    else setField(item, key, scalarNode(values[i]!));
  }
}

/** Adds the items of a list that are not there by their keys; those that are take the others' place. */
function appendItems(target: YamlNode, list: YamlNode, keys: readonly string[]): YamlNode {
  for (const item of list.content) {
    if (keys[0] === '') {
      setElement(target, item, { keys: [''], values: [item.value] });
      continue;
    }
    const values: string[] = [];
    for (const key of keys) {
      const value = field(item, key);
      if (value) values.push(value.value);
      else target.content.push(item);
    }
    // With several keys, setting adds what is there already: take it away first.
    if (keys.length > 1) setElement(target, undefined, { keys, values });
    setElement(target, item, { keys, values });
  }
  return target;
}
