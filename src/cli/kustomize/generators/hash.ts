import { createHash } from 'node:crypto';
import { marshalJson } from '../../../api/go/json';
import type { YamlNode } from '../../../api/yaml/document';
import { lookup } from '../node/lookup';
import type { Resource } from '../resource/resource';
import { floatJson } from '../resource/text';

const letters: Record<string, string> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** Ten characters that stand for a text; no vowels and no digits that look like letters. Source: api/hasher of kustomize. */
const encode = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 10).replace(/[013ae]/g, (char) => letters[char]!);

/** Fields by what they are called in the hashed text; those that are marked only count when they are maps. */
const fields: Record<string, { path: string; mapOnly?: true }[]> = {
  ConfigMap: [{ path: 'data' }, { path: 'binaryData', mapOnly: true }],
  Secret: [{ path: 'type' }, { path: 'data' }, { path: 'stringData', mapOnly: true }],
};

/** The suffix for the name of a resource with that content. Throws for kinds that are neither ConfigMap nor Secret. */
export function contentHash({ object, kind, name }: Resource): string {
  const hashed = fields[kind];
  if (!hashed) throw new Error(`${kind} ${name}: only names of ConfigMaps and Secrets get a hash of their content`);
  // Upstream looks the name up where it is not, so that it does not count.
  const text: Record<string, unknown> = { kind, name: '' };
  for (const { path, mapOnly } of hashed) {
    const value = valueAt(object, path);
    if (!mapOnly || (typeof value === 'object' && value !== null)) text[path] = value;
  }
  return encode(marshalJson(text));
}

function valueAt(object: YamlNode, path: string): unknown {
  const node = lookup(object, [path]);
  if (!node) return '';
  return node.kind === 'scalar' ? node.value : floatJson(node);
}
