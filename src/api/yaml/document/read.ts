import { asV3 } from '../reader/error';
import type { Alias, Mapping, Node, Scalar } from '../reader/node';
import { parseNodes } from '../reader/parser';
import { YamlError } from '../scalar';
import { entries, tags, YamlNode } from './node';
import { tagOfText } from './resolve';

const standardTag = 'tag:yaml.org,2002:';

const shortTag = (tag: string) => (tag.startsWith(standardTag) ? `!!${tag.slice(standardTag.length)}` : tag);

/**
 * The first document of a text, undefined when there is none. Aliases are replaced by copies of what they stand for, and `<<` by the members
 * that it merges in. Throws YamlError with yaml.v3's words. Sources: yaml.v3's parser, RNode.DeAnchor of kyaml.
 */
export const readNode = (text: string): YamlNode | undefined => read(text, true);

/** The same, but `<<` stays: for a text without aliases. */
export const readWritten = (text: string): YamlNode | undefined => read(text, false);

function read(text: string, merges: boolean): YamlNode | undefined {
  try {
    const root = parseNodes(text);
    return root && new Builder(merges).build(root);
  } catch (error) {
    if (error instanceof RangeError) throw new YamlError('yaml: exceeded max depth of 10000');
    throw asV3(error);
  }
}

class Builder {
  /** Aliases are copied from what their target has become. */
  private readonly built = new Map<Node, YamlNode>();
  private readonly building = new Set<Node>();

  constructor(private readonly merges: boolean) {}

  build(node: Node): YamlNode {
    if (node.kind === 'alias') return this.alias(node);
    const made = this.bare(node);
    this.building.add(node);
    if (node.kind === 'sequence') made.content = node.items.map((item) => this.build(item));
    if (node.kind === 'mapping') this.fill(made, node);
    this.building.delete(node);
    this.built.set(node, made);
    return made;
  }

  private bare(node: Exclude<Node, Alias>): YamlNode {
    const { kind, mark, tag } = node;
    const explicit = tag !== undefined && tag !== '!';
    const made = new YamlNode(kind, explicit ? shortTag(tag) : impliedTag(node));
    made.tagged = explicit;
    made.line = mark.line + 1;
    made.column = mark.column + 1;
    if (kind === 'scalar') Object.assign(made, { value: node.text, style: node.style });
    else made.flow = node.flow;
    return made;
  }

  private alias({ name, target }: Alias): YamlNode {
    if (this.building.has(target)) throw new YamlError(`yaml: anchor '${name}' value contains itself`);
    return this.built.get(target)!.copy();
  }

  private fill(made: YamlNode, { pairs }: Mapping): void {
    if (!this.merges) {
      made.content = pairs.flat().map((node) => this.build(node));
      return;
    }
    const isMerge = ([key]: [Node, Node]) => key.kind === 'scalar' && impliedOrGiven(key) === tags.merge;
    const merges = pairs.filter(isMerge);
    if (merges.length > 1) throw new YamlError('duplicate merge key');
    made.content = pairs.filter((pair) => !isMerge(pair)).flat().map((node) => this.build(node));
    if (merges.length || hasNullKey(made)) mergeInto(made, merges.length ? this.sources(merges[0]![1]) : []);
  }

  /** The maps that `<<` brings in; of several, the first rules over the others. */
  private sources(value: Node): YamlNode[] {
    const target = value.kind === 'alias' ? value.target : value;
    if (target.kind === 'mapping') return [this.build(value)];
    if (value.kind === 'alias') throw new YamlError('invalid map merge: received alias for a non-map value');
    if (value.kind !== 'sequence') throw new YamlError('map merge requires map or sequence of maps as the value');
    if (value.items.some((item) => item.kind === 'sequence')) throw new YamlError('invalid map merge: received a nested sequence');
    return value.items.flatMap((item) => this.sources(item)).reverse();
  }
}

function impliedTag(node: Exclude<Node, Alias>): string {
  if (node.kind === 'mapping') return tags.map;
  if (node.kind === 'sequence') return tags.seq;
  return node.style === 'plain' ? tagOfText(node.text) : tags.str;
}

const impliedOrGiven = (node: Scalar) => (node.tag ? shortTag(node.tag) : impliedTag(node));

const hasNullKey = (map: YamlNode) => [...entries(map)].some(([key]) => key.tag === tags.null && key.value !== '');

/** The map's own members rule, and stay where they are; but upstream does not find a null again, and has it twice then. */
function mergeInto(map: YamlNode, sources: YamlNode[]): void {
  const own = [...entries(map)];
  for (const source of [...sources, { content: own.flat() } as YamlNode]) {
    for (const [key, value] of entries(source)) setEntry(map, key, value);
  }
}

function setEntry(map: YamlNode, key: YamlNode, value: YamlNode): void {
  const name = key.tag === tags.null ? '' : key.value;
  for (let i = 0; i < map.content.length; i += 2) {
    if (map.content[i]!.value !== name) continue;
    map.content.splice(i, 2, key, value);
    return;
  }
  map.content.push(key, value);
}
