import { entries, scalarNode, tags, type YamlNode } from '../../../api/yaml/document';
import { clearField, field, setField, textOf } from '../node/fields';
import { lookup } from '../node/lookup';

/** The members of a map of strings; none when it is not there. */
export function stringMap(object: YamlNode, name: string): Record<string, string> {
  const map = field(object, name);
  if (map?.kind !== 'mapping') return {};
  return Object.fromEntries([...entries(map)].map(([key, value]) => [key.value, textOf(value)]));
}

/** Base64 as kustomize writes it: in lines of 70 when it is longer than that. */
export function base64Lines(bytes: Buffer): string {
  const text = bytes.toString('base64');
  return text.length < 70 ? text : text.replace(/.{1,70}/g, '$&\n');
}

export function dataNode(text: string): YamlNode {
  return scalarNode(text, tags.str, text.includes('\n') ? 'literal' : 'plain');
}

const isUtf8 = (bytes: Buffer) => bytes.equals(Buffer.from(bytes.toString('utf8'), 'utf8'));

/** Puts bytes where a ConfigMap keeps them: text under data, anything else under binaryData. */
export function addConfigMapData(object: YamlNode, key: string, bytes: Buffer): void {
  const isText = isUtf8(bytes);
  const value = dataNode(isText ? bytes.toString('utf8') : base64Lines(bytes));
  setField(lookup(object, [isText ? 'data' : 'binaryData'], 'mapping')!, key, value);
}

/** Writes a map of strings anew, sorted. */
export function setData(object: YamlNode, name: 'data' | 'binaryData', map: Record<string, string>): void {
  clearField(object, name);
  for (const key of Object.keys(map).sort()) setField(lookup(object, [name], 'mapping')!, key, dataNode(map[key]!));
}
