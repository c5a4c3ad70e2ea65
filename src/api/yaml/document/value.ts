import { formatFloat } from '../../go/format';
import { compareKeys } from '../key-order';
import { resolvePlain, type Resolved } from '../resolve';
import { YamlError } from '../scalar';
import type { YamlNode } from './node';
import { collectionNode, entries, scalarNode, tags } from './node';
import { readNode, readWritten } from './read';
import { resolveAs, resolveText } from './resolve';
import { scalarForm, styleOfString } from './scalar-form';
import { formatTimestamp } from './timestamp';
import { writeNode } from './write';

/** A map with keys that are no strings, which JSON cannot hold: map[interface{}]interface{} in Go. */
export class GeneralMap extends Map<unknown, unknown> {}

/**
 * What a node means once it is written and read again: JSON with integers beyond 2^53 as bigints, and with GeneralMaps. The keys of the
 * topmost map are strings whatever they look like. Throws YamlError. Source: yaml.v3's decoder, into a map[string]interface{}.
 */
export function decodeNode(root: YamlNode): unknown {
  const value = new Decoder();
  const decoded = value.decode(root, true, false);
  if (value.problems.length) throw new YamlError(`yaml: unmarshal errors:\n  ${value.problems.join('\n  ')}`);
  return decoded;
}

/** The same, but lines in errors count as in the text that the node is written as. */
export function decodeWritten(root: YamlNode): unknown {
  try {
    return decodeNode(root);
  } catch (error) {
    if (!(error as Error).message.startsWith('yaml: unmarshal errors')) throw error;
    return decodeNode(readWritten(writeNode(root))!);
  }
}

class Decoder {
  readonly problems: string[] = [];

  decode(node: YamlNode, root: boolean, flow: boolean): unknown {
    if (node.kind === 'scalar') return plainValue(meaning(node, flow));
    const inFlow = flow || node.flow;
    if (node.kind === 'sequence') return node.content.map((item) => this.decode(item, false, inFlow));
    return this.hasUniqueKeys(node) ? this.mapping(node, root, inFlow) : null;
  }

  private mapping(node: YamlNode, root: boolean, flow: boolean): unknown {
    const isKeyed = [...entries(node)].every(([key]) => key.kind === 'scalar' && ['str', 'merge'].includes(meaning(key, flow, true).tag));
    const general = new GeneralMap();
    const map: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
    for (const [key, value] of entries(node)) {
      const decoded = this.decode(value, false, flow);
      if (root || isKeyed) map[key.value] = decoded;
      else general.set(key.kind === 'scalar' ? plainValue(meaning(key, flow, true)) : this.decode(key, false, flow), decoded);
    }
    return root || isKeyed ? { ...map } : general;
  }

  private hasUniqueKeys(node: YamlNode): boolean {
    const known = this.problems.length;
    const keys = [...entries(node)].map(([key]) => key);
    const first = new Map<string, YamlNode>();
    for (const key of keys) {
      const id = `${key.kind} ${key.value}`;
      const earlier = first.get(id);
      if (earlier) this.problems.push(`line ${key.line}: mapping key ${JSON.stringify(key.value)} already defined at line ${earlier.line}`);
      else first.set(id, key);
    }
    return this.problems.length === known;
  }
}

/** What a scalar is read as after it was written. */
export function meaning(node: YamlNode, flow = false, key = false): Resolved {
  const { style, tag } = scalarForm(node, { flow, key });
  if (tag === tags.binary) return { tag: 'str', value: Buffer.from(node.value, 'base64').toString('utf8') };
  if (tag) return resolveAs(tag, node.value);
  return style === 'plain' ? resolveText(node.value) : { tag: 'str', value: node.value };
}

/** What a scalar is decoded to as it is. */
export function ownMeaning({ tag, style, value }: YamlNode): Resolved {
  const isText = tag === tags.str || (tag === tags.none && style !== 'plain');
  return isText ? { tag: 'str', value } : resolveAs(tag, value);
}

function plainValue(resolved: Resolved): unknown {
  if (resolved.tag === 'timestamp') return formatTimestamp(resolved.value);
  if (resolved.tag !== 'int') return resolved.value;
  const number = Number(resolved.value);
  return Number.isSafeInteger(number) ? number : resolved.value;
}

/** The node of a JSON value, as kyaml's FromMap makes it: members sorted, numbers in Go's format. */
export const nodeOf = (value: unknown): YamlNode => readNode(writeNode(bareNode(value)))!;

function bareNode(value: unknown): YamlNode {
  if (Array.isArray(value)) return collectionNode('sequence', value.map(bareNode), tags.seq);
  if (typeof value === 'string') return scalarNode(value, tags.str, styleOfString(value));
  if (typeof value === 'number' || typeof value === 'bigint') return scalarNode(formatFloat(Number(value)));
  if (typeof value !== 'object' || value === null) return scalarNode(String(value));
  const map = value as Record<string, unknown>;
  const keys = Object.keys(map).sort(compareKeys);
  return collectionNode('mapping', keys.flatMap((key) => [bareNode(key), bareNode(map[key])]), tags.map);
}

/** Whether YAML 1.1 takes a text for something else than text. Source: kyaml's IsValueNonString. */
export function isNonString(text: string): boolean {
  return text !== '' && !text.includes('\n') && !['str', 'merge'].includes(resolvePlain(text).tag);
}
