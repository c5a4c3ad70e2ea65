import { entries, isNull, isNullOrEmpty, scalarNode, stringNode, type YamlNode } from '../../../api/yaml/document';
import { clearField, member, setField } from '../node/fields';
import { lookup } from '../node/lookup';

/** The text of a member of the object itself: `kind`, `apiVersion`. */
export const topText = (object: YamlNode, name: string): string => member(object, name)?.value ?? '';

function metadata(object: YamlNode): YamlNode | undefined {
  const node = member(object, 'metadata');
  return isNullOrEmpty(node) ? undefined : node;
}

/** The text of a member of the metadata: `name`, `namespace`. */
export function metaText(object: YamlNode, name: string): string {
  const node = member(metadata(object), name);
  return isNullOrEmpty(node) ? '' : node!.value;
}

/** Labels or annotations as a map. */
export function metaMap(object: YamlNode, name: 'labels' | 'annotations'): Record<string, string> {
  const map = member(metadata(object), name);
  const found: Record<string, string> = {};
  const seen = new Set<string>();
  if (!map || map.kind === 'scalar') return found;
  for (const [key, value] of entries(map)) {
    seen.add(key.value);
    Object.defineProperty(found, key.value, { value: value.value, enumerable: true, configurable: true, writable: true });
  }
  return found;
}

/** Writes labels or annotations anew, sorted; none of them takes the field away. Throws WrongKind. */
export function setMetaMap(object: YamlNode, name: 'labels' | 'annotations', map: Record<string, string>): void {
  const meta = lookup(object, ['metadata'], 'mapping')!;
  clearField(meta, name);
  const keys = Object.keys(map).sort();
  if (!keys.length) return;
  const node = lookup(meta, [name], 'mapping')!;
  for (const key of keys) setField(node, key, stringNode(map[key]!));
}

export function setTopText(object: YamlNode, name: string, text: string): void {
  setField(object, name, scalarNode(text));
}

/** Sets the name or namespace. Throws WrongKind. */
export function setMetaText(object: YamlNode, name: string, text: string): void {
  setField(lookup(object, ['metadata'], 'mapping')!, name, scalarNode(text));
}

export function clearNamespace(object: YamlNode): void {
  const meta = lookup(object, ['metadata']);
  if (meta && !isNull(meta)) clearField(meta, 'namespace');
}

/** Sets one annotation, in single quotes if it is new. */
export function setAnnotation(object: YamlNode, name: string, text: string): void {
  dropEmpty(lookup(object, ['metadata']), 'annotations');
  dropEmpty(object, 'metadata');
  addMetaEntry(object, 'annotations', name, text);
}

export const setLabel = (object: YamlNode, name: string, text: string): void => addMetaEntry(object, 'labels', name, text);

function addMetaEntry(object: YamlNode, map: string, name: string, text: string): void {
  const value = stringNode(text);
  value.style = 'single';
  setField(lookup(object, ['metadata', map], 'mapping')!, name, value);
}

function dropEmpty(node: YamlNode | undefined, name: string): void {
  if (isNull(node) || !member(node, name) || member(node, name)!.content.length > 0) return;
  clearField(node, name);
}
