import { formatFloat } from '../go/format';
import { exactInteger } from '../exact-json';
import { quote } from '../go/quote';
import { goSyntax } from '../go/syntax';
import type { Alias, Mapping, Node, Scalar } from './reader/node';
import { parseNodes } from './reader/parser';
import { resolvePlain, type Resolved } from './resolve';
import { YamlError } from './scalar';

export interface ParseOptions {
  /** Integers that a number cannot hold exactly become bigints. Otherwise they are rounded. */
  bigints?: boolean;
  /** Told of each key that a map has twice, in go-yaml's words: `line 8: key "foo" already set in map`. The last one rules. */
  onRepeated?: (problem: string) => void;
}

/** One document as JSON, with the errors of go-yaml v2. What follows the document is not looked at. */
export function parseDocument(text: string, options: ParseOptions = {}): unknown {
  try {
    const root = parseNodes(text);
    return root ? new Converter(options).convert(root) : null;
  } catch (error) {
    if (error instanceof RangeError) throw new YamlError('yaml: exceeded max depth of 10000');
    throw error;
  }
}

type JsonMap = Record<string, unknown>;

const standardTag = 'tag:yaml.org,2002:';
const resolvedTags = ['int', 'float', 'bool', 'null', 'timestamp'];

/** Numbers of nodes below which aliases are not counted, and the shares of them that are too many. */
const aliasing = { few: 100, small: 1000, low: 400_000, high: 4_000_000, lowShare: 0.99, highShare: 0.1 };

class Converter {
  private nodes = 0;
  private aliased = 0;
  private depth = 0;
  private readonly resolving = new Set<Node>();

  constructor(private readonly options: ParseOptions) {}

  convert(node: Node): unknown {
    this.count();
    switch (node.kind) {
      case 'alias': return this.alias(node);
      case 'scalar': return this.scalar(node);
      case 'sequence': return node.items.map((item) => this.convert(item));
      case 'mapping': return this.mapping(node);
    }
  }

  private count(): void {
    this.nodes++;
    if (this.depth > 0) this.aliased++;
    const { few, small, low, high, lowShare, highShare } = aliasing;
    if (this.aliased <= few || this.nodes <= small) return;
    const between = Math.min(Math.max((this.nodes - low) / (high - low), 0), 1);
    if (this.aliased / this.nodes > lowShare - between * (lowShare - highShare)) throw new YamlError('yaml: document contains excessive aliasing');
  }

  private alias({ name, target }: Alias): unknown {
    if (this.resolving.has(target)) throw new YamlError(`yaml: anchor '${name}' value contains itself`);
    this.resolving.add(target);
    this.depth++;
    const value = this.convert(target);
    this.depth--;
    this.resolving.delete(target);
    return value;
  }

  private scalar(node: Scalar): unknown {
    const resolved = resolve(node);
    if (resolved.tag === 'int') return this.integer(resolved.value);
    if (resolved.tag === 'float' && !Number.isFinite(resolved.value)) {
      throw new YamlError(`json: unsupported value: ${formatFloat(resolved.value)}`);
    }
    return resolved.value;
  }

  private integer(value: bigint): number | bigint {
    return this.options.bigints ? exactInteger(value) : Number(value);
  }

  private mapping({ pairs }: Mapping): JsonMap {
    const map: JsonMap = {};
    for (const [key, value] of pairs) {
      if (isMergeKey(key)) this.merge(map, value);
      else this.set(map, this.key(key, value), this.convert(value), value.mark.line);
    }
    return map;
  }

  private set(map: JsonMap, key: string, value: unknown, line: number): void {
    if (this.options.onRepeated && Object.hasOwn(map, key)) this.options.onRepeated(`line ${line + 1}: key ${quote(key)} already set in map`);
    define(map, key, value);
  }

  private key(key: Node, value: Node): string {
    const target = key.kind === 'alias' ? key.target : key;
    if (target.kind !== 'scalar') throw new YamlError(`yaml: invalid map key: ${goSyntax(this.convert(target), 'interface {}')}`);
    const resolved = resolve(target);
    if (resolved.tag === 'null') {
      throw new YamlError(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goSyntax(this.convert(value), 'interface {}')}`);
    }
    if (resolved.tag !== 'float') return String(resolved.value);
    // Upstream writes keys with the precision of a float32.
    return formatFloat(Number(Math.fround(resolved.value).toPrecision(8)));
  }

  /** Of several maps, the first rules; keys that come later in the map itself rule over all. */
  private merge(map: JsonMap, node: Node): void {
    const target = node.kind === 'alias' ? node.target : node;
    const sources = target.kind === 'sequence' ? [...target.items].reverse() : [node];
    for (const source of sources) {
      const isMap = source.kind === 'mapping' || (source.kind === 'alias' && source.target.kind === 'mapping');
      if (!isMap) throw new YamlError('yaml: map merge requires map or sequence of maps as the value');
      for (const [key, member] of Object.entries(this.convert(source) as JsonMap)) define(map, key, member);
    }
  }
}

/** Plain assignment to `__proto__` would set the prototype. */
function define(map: JsonMap, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
  else map[key] = value;
}

const isMergeKey = (key: Node) =>
  key.kind === 'scalar' && key.text === '<<' && ((key.style === 'plain' && !key.tag) || key.tag === `${standardTag}merge`);

function resolve({ text, style, tag }: Scalar): Resolved {
  const name = tag?.startsWith(standardTag) ? tag.slice(standardTag.length) : tag;
  if (name === 'binary') return { tag: 'str', value: Buffer.from(text, 'base64').toString('utf8') };
  if (name && resolvedTags.includes(name)) return resolveAs(name, text);
  return name || style !== 'plain' ? { tag: 'str', value: text } : resolvePlain(text);
}

/** A scalar whose tag says what it is. */
function resolveAs(tag: string, text: string): Resolved {
  const resolved = resolvePlain(text);
  if (resolved.tag === tag) return resolved;
  if (tag === 'float' && resolved.tag === 'int') return { tag: 'float', value: Number(resolved.value) };
  throw new YamlError(`yaml: cannot decode !!${resolved.tag} \`${text}\` as a !!${tag}`);
}
