import type { ScalarStyle } from '../reader/token';

export type NodeKind = 'scalar' | 'mapping' | 'sequence';

/** Short tags of what a plain scalar may mean, and of collections. '' is left to whoever reads the text next. */
export const tags = {
  none: '', null: '!!null', bool: '!!bool', str: '!!str', int: '!!int', float: '!!float', timestamp: '!!timestamp', binary: '!!binary', merge: '!!merge',
  map: '!!map', seq: '!!seq',
} as const;

/**
 * A YAML value with the way it was written, to be changed in place: yaml.v3's Node, which kustomize works on. Aliases are gone: see read.ts.
 * A node may change its kind (`become`), so that all kinds share one shape; fields of other kinds are empty.
 */
export class YamlNode {
  /** Of a scalar, as text: what it means depends on tag and style. */
  value = '';
  style: ScalarStyle = 'plain';
  /** The tag stood in the text. */
  tagged = false;
  /** Of a collection: in brackets or braces. */
  flow = false;
  /** Items of a sequence; keys and values of a mapping by turns. */
  content: YamlNode[] = [];
  /** From 1; 0 for what was not read. */
  line = 0;
  column = 0;

  constructor(public kind: NodeKind, public tag: string = tags.none) {}

  copy(): YamlNode {
    const twin = new YamlNode(this.kind);
    twin.become(this);
    twin.content = this.content.map((node) => node.copy());
    return twin;
  }

  /** Takes all over from another, whose items and members are then in both. */
  become(other: YamlNode): void {
    const { kind, tag, value, content, line, column } = other;
    Object.assign(this, { kind, tag, value, content: [...content], line, column });
    this.takeStyle(other);
  }

  takeStyle({ style, tagged, flow }: YamlNode): void {
    Object.assign(this, { style, tagged, flow });
  }
}

export function scalarNode(value: string, tag: string = tags.none, style: ScalarStyle = 'plain'): YamlNode {
  const node = new YamlNode('scalar', tag);
  node.value = value;
  node.style = style;
  return node;
}

/** A string as yaml.v3's SetString makes it: text of several lines as a block. */
export const stringNode = (value: string): YamlNode => scalarNode(value, tags.str, value.includes('\n') ? 'literal' : 'plain');

export function collectionNode(kind: 'mapping' | 'sequence', content: YamlNode[] = [], tag: string = tags.none): YamlNode {
  const node = new YamlNode(kind, tag);
  node.content = content;
  return node;
}

/** Keys and values of a mapping in order. */
export function* entries({ content }: YamlNode): Generator<[key: YamlNode, value: YamlNode]> {
  for (let i = 0; i + 1 < content.length; i += 2) yield [content[i]!, content[i + 1]!];
}

export const isNull = (node: YamlNode | undefined): node is undefined => node === undefined || node.tag === tags.null;

/** Null, or a collection with nothing in it. */
export const isNullOrEmpty = (node: YamlNode | undefined): boolean =>
  node === undefined || node.tag === tags.null || (node.kind !== 'scalar' && node.content.length === 0);

/** What reads as text whatever it looks like, or has no tag yet. */
export const isText = ({ kind, tag }: YamlNode): boolean => kind === 'scalar' && (tag === tags.str || tag === tags.none);
