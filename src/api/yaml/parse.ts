import { Composer, isAlias, isMap, isPair, isScalar, isSeq, LineCounter, Parser, type Alias, type Document, type Node, type Pair, type YAMLMap } from 'yaml';
import { formatFloat } from '../go/format';
import { goSyntax } from '../go/syntax';
import { YamlError } from './scalar';
import { resolvePlain, type Resolved } from './resolve';
import { syntaxError } from './syntax-error';

export interface ParseOptions {
  /** Integers that a number cannot hold exactly become bigints. Otherwise they are rounded. */
  bigints?: boolean;
}

const standardTag = 'tag:yaml.org,2002:';

/** One document as JSON. The errors are go-yaml v2's. What follows `...` is not looked at. */
export function parseDocument(text: string, options: ParseOptions = {}): unknown {
  const lines = new LineCounter();
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: false, stringKeys: false, merge: false, logLevel: 'silent', version: '1.1' });
  try {
    for (const document of composer.compose(new Parser(lines.addNewLine).parse(text), true, text.length)) {
      const [error] = document.errors;
      if (error) throw syntaxError(error, text, lines);
      return new Converter(text, document, options, lines).convert(document.contents as Node | null);
    }
  } catch (error) {
    if (error instanceof RangeError) throw new YamlError('yaml: exceeded max depth of 10000');
    throw error;
  }
  return null;
}

type JsonMap = Record<string, unknown>;

/** Numbers of nodes below which aliases are not counted, and the shares of them that are too many. */
const aliasing = { few: 100, small: 1000, low: 400_000, high: 4_000_000, lowShare: 0.99, highShare: 0.1 };

class Converter {
  private nodes = 0;
  private aliased = 0;
  private depth = 0;
  private readonly resolving = new Set<Node>();

  constructor(private readonly text: string, private readonly document: Document | Document.Parsed, private readonly options: ParseOptions,
    private readonly lines: LineCounter) {}

  convert(node: Node | null | undefined): unknown {
    this.count();
    if (!node) return null;
    if (isAlias(node)) return this.alias(node);
    if (isScalar(node)) return this.scalar(node as Scalar);
    if (isSeq(node)) return node.items.map((item) => this.convert((isPair(item) ? undefined : item) as Node));
    if (isMap(node)) return this.map(node);
    return null;
  }

  private count(): void {
    this.nodes++;
    if (this.depth > 0) this.aliased++;
    const { few, small, low, high, lowShare, highShare } = aliasing;
    if (this.aliased <= few || this.nodes <= small) return;
    const between = Math.min(Math.max((this.nodes - low) / (high - low), 0), 1);
    if (this.aliased / this.nodes > lowShare - between * (lowShare - highShare)) throw new YamlError('yaml: document contains excessive aliasing');
  }

  private alias(node: Alias): unknown {
    const target = node.resolve(this.document as Document);
    if (!target) throw new YamlError(`yaml: unknown anchor '${node.source}' referenced`);
    if (this.resolving.has(target)) throw new YamlError(`yaml: anchor '${node.source}' value contains itself`);
    this.resolving.add(target);
    this.depth++;
    const value = this.convert(target);
    this.depth--;
    this.resolving.delete(target);
    return value;
  }

  private scalar(node: Scalar): unknown {
    const resolved = this.resolve(node);
    if (resolved.tag === 'int') return this.integer(resolved.value);
    if (resolved.tag === 'float' && !Number.isFinite(resolved.value)) {
      throw new YamlError(`json: unsupported value: ${formatFloat(resolved.value)}`);
    }
    return resolved.value;
  }

  private integer(value: bigint): number | bigint {
    const number = Number(value);
    return this.options.bigints && !Number.isSafeInteger(number) && BigInt.asIntN(64, value) === value ? value : number;
  }

  private resolve(node: Scalar): Resolved {
    const source = String(node.value ?? '');
    if (node.type === 'QUOTE_DOUBLE') this.checkEscapes(node);
    const tag = node.tag?.startsWith(standardTag) ? node.tag.slice(standardTag.length) : node.tag;
    if (tag === 'binary') return { tag: 'str', value: Buffer.from(source, 'base64').toString('utf8') };
    if (tag && ['int', 'float', 'bool', 'null', 'timestamp'].includes(tag)) return tagged(tag, source);
    if (tag || node.type !== 'PLAIN') return { tag: 'str', value: source };
    return resolvePlain(source);
  }

  /** What YAML 1.1 does not know, or go-yaml refuses. */
  private checkEscapes(node: Scalar): void {
    const [start, end] = node.range ?? [0, 0];
    const escape = /\\(?:(\/)|u([dD][89a-fA-F])|[^])/g;
    for (const match of this.text.slice(start, end).matchAll(escape)) {
      if (!match[1] && !match[2]) continue;
      const { line } = this.lines.linePos(start + match.index);
      const message = match[1] ? 'found unknown escape character' : 'found invalid Unicode character escape code';
      throw new YamlError(`yaml: ${line > 1 ? `line ${line}: ` : ''}${message}`);
    }
  }

  private map(node: YAMLMap): JsonMap {
    const map: JsonMap = {};
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      if (isMergeKey(pair.key)) this.merge(map, pair.value);
      else define(map, this.key(pair), this.convert(pair.value));
    }
    return map;
  }

  private key({ key, value }: Pair<Node | null, Node | null>): string {
    const scalar = isAlias(key) ? key.resolve(this.document as Document) : key;
    if (scalar && !isScalar(scalar)) throw new YamlError(`yaml: invalid map key: ${goSyntax(this.convert(scalar), 'interface {}')}`);
    const resolved: Resolved = scalar ? this.resolve(scalar as Scalar) : { tag: 'null', value: null };
    if (resolved.tag === 'null') {
      throw new YamlError(`unsupported map key of type: %!s(<nil>), key: <nil>, value: ${goSyntax(this.convert(value), 'interface {}')}`);
    }
    if (resolved.tag !== 'float') return String(resolved.value);
    // Upstream writes keys with the precision of a float32.
    return formatFloat(Number(Math.fround(resolved.value).toPrecision(8)));
  }

  /** Of several maps, the first rules; keys that come later in the map itself rule over all. */
  private merge(map: JsonMap, node: Node | null): void {
    const target = isAlias(node) ? node.resolve(this.document as Document) : node;
    const sources = isSeq(target) ? [...(target.items as Node[])].reverse() : [node];
    for (const source of sources) {
      const value = this.convert(source);
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new YamlError('yaml: map merge requires map or sequence of maps as the value');
      for (const [key, member] of Object.entries(value)) define(map, key, member);
    }
  }
}

interface Scalar {
  value: unknown;
  type?: string;
  tag?: string;
  range?: [number, number, number] | null;
}

/** Plain assignment to `__proto__` would set the prototype. */
function define(map: JsonMap, key: string, value: unknown): void {
  Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true });
}

const isMergeKey = (key: Node | null) =>
  isScalar(key) && key.value === '<<' && ((key.type === 'PLAIN' && !key.tag) || key.tag === `${standardTag}merge`);

/** A scalar whose tag says what it is. */
function tagged(tag: string, source: string): Resolved {
  const resolved = resolvePlain(source);
  if (resolved.tag === tag) return resolved;
  if (tag === 'float' && resolved.tag === 'int') return { tag: 'float', value: Number(resolved.value) };
  throw new YamlError(`yaml: cannot decode !!${resolved.tag} \`${source}\` as a !!${tag}`);
}
