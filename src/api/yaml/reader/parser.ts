import { YamlError } from '../scalar';
import { parserError } from './error';
import type { Mapping, Node, Scalar, Sequence } from './node';
import { Scanner } from './scanner';
import type { Mark, Token, TokenKind } from './token';

const standardHandles: Record<string, string> = { '!': '!', '!!': 'tag:yaml.org,2002:' };

/** Tokens to the nodes of the first document, with the errors of libyaml's parser. */
class Parser {
  private readonly scanner: Scanner;
  private readonly anchors = new Map<string, Node>();
  private readonly handles = new Map(Object.entries(standardHandles));

  constructor(text: string) {
    this.scanner = new Scanner(text);
  }

  /** Undefined for an empty stream. */
  document(): Node | undefined {
    while (this.at('document end')) this.scanner.next();
    if (this.at('stream end')) return undefined;
    const hasDirectives = this.at('directive');
    while (this.at('directive')) this.directive(this.scanner.next());
    if (this.at('document start')) this.scanner.next();
    else if (hasDirectives) throw parserError('did not find expected <document start>', this.scanner.peek().mark);
    const root = this.at('document start', 'document end', 'stream end') ? this.empty(this.scanner.peek().mark) : this.node(true, false);
    // What follows is looked at just far enough to see that the document ends.
    this.scanner.peek();
    return root;
  }

  private at(...kinds: TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind);
  }

  private directive({ text, mark }: Token): void {
    const [name, first, second] = text!.split(' ');
    if (name === 'TAG') this.handles.set(first!, second!);
    else if (first !== '1.1') throw parserError('found incompatible YAML document', mark);
  }

  private empty(mark: Mark): Scalar {
    return { kind: 'scalar', text: '', style: 'plain', mark };
  }

  /** In the place behind an indicator. */
  private emptyAfter({ mark }: Token): Scalar {
    return this.empty({ ...mark, index: mark.index + 1, column: mark.column + 1 });
  }

  private node(inBlock: boolean, indentless: boolean): Node {
    const start = this.scanner.peek();
    if (start.kind === 'alias') return this.alias(this.scanner.next());
    const { anchor, tag } = this.properties();
    return this.content(inBlock, indentless, start.mark, anchor, tag);
  }

  private alias({ text, mark }: Token): Node {
    const name = text!;
    const target = this.anchors.get(name);
    if (!target) throw new YamlError(`yaml: unknown anchor '${name}' referenced`);
    return { kind: 'alias', name, target, mark };
  }

  private properties(): { anchor?: string; tag?: string } {
    const found: { anchor?: string; tag?: string } = {};
    for (;;) {
      if (found.anchor === undefined && this.at('anchor')) found.anchor = this.scanner.next().text!;
      else if (found.tag === undefined && this.at('tag')) found.tag = this.tag(this.scanner.next());
      else return found;
    }
  }

  private tag({ handle, text, mark }: Token): string {
    if (!handle) return text!;
    const prefix = this.handles.get(handle);
    if (prefix === undefined) throw parserError('found undefined tag handle', mark);
    return prefix + text;
  }

  private content(inBlock: boolean, indentless: boolean, start: Mark, anchor?: string, tag?: string): Node {
    const { kind, mark } = this.scanner.peek();
    const properties = { mark: start, ...(anchor !== undefined && { anchor }), ...(tag !== undefined && { tag }) };
    const flow = kind.startsWith('flow');
    const register = <T extends Node>(node: T): T => {
      if (anchor !== undefined) this.anchors.set(anchor, node);
      return node;
    };
    const sequence = (fill: (items: Node[]) => void) => {
      const node = register<Sequence>({ kind: 'sequence', flow, items: [], ...properties });
      fill(node.items);
      return node;
    };
    const mapping = (fill: (pairs: [Node, Node][]) => void) => {
      const node = register<Mapping>({ kind: 'mapping', flow, pairs: [], ...properties });
      fill(node.pairs);
      return node;
    };
    if (indentless && kind === 'block entry') return sequence((items) => this.indentlessSequence(items));
    if (kind === 'scalar') {
      const { text, style } = this.scanner.next();
      return register({ kind: 'scalar', text: text!, style: style!, ...properties });
    }
    if (kind === 'flow sequence start') return sequence((items) => this.flowSequence(items));
    if (kind === 'flow mapping start') return mapping((pairs) => this.flowMapping(pairs));
    if (inBlock && kind === 'block sequence start') return sequence((items) => this.blockSequence(items));
    if (inBlock && kind === 'block mapping start') return mapping((pairs) => this.blockMapping(pairs));
    if (anchor !== undefined || tag !== undefined) return register({ ...this.empty(start), ...properties });
    throw parserError('did not find expected node content', mark, start);
  }

  /** The node behind an indicator, or nothing if one of `ends` follows. */
  private nodeUnless(ends: TokenKind[], inBlock: boolean, indentless = false): Node {
    const indicator = this.scanner.next();
    return this.at(...ends) ? this.emptyAfter(indicator) : this.node(inBlock, indentless);
  }

  private blockSequence(items: Node[]): void {
    const start = this.scanner.next().mark;
    while (this.at('block entry')) items.push(this.nodeUnless(['block entry', 'block end'], true));
    this.expectBlockEnd("did not find expected '-' indicator", start);
  }

  private indentlessSequence(items: Node[]): void {
    while (this.at('block entry')) items.push(this.nodeUnless(['block entry', 'key', 'value', 'block end'], true));
  }

  private blockMapping(pairs: [Node, Node][]): void {
    const start = this.scanner.next().mark;
    const ends: TokenKind[] = ['key', 'value', 'block end'];
    while (this.at('key')) {
      const key = this.nodeUnless(ends, true, true);
      pairs.push([key, this.valueUnless(ends, true)]);
    }
    this.expectBlockEnd('did not find expected key', start);
  }

  private valueUnless(ends: TokenKind[], inBlock: boolean): Node {
    if (!this.at('value')) return this.empty(this.scanner.peek().mark);
    return this.nodeUnless(ends, inBlock, inBlock);
  }

  private expectBlockEnd(message: string, start: Mark): void {
    if (!this.at('block end')) throw parserError(message, this.scanner.peek().mark, start);
    this.scanner.next();
  }

  /** Calls `entry` for each of the entries between commas. */
  private flowEntries(end: TokenKind, message: string, entry: () => void): void {
    const start = this.scanner.next().mark;
    for (let first = true; !this.at(end); first = false) {
      if (!first) {
        if (!this.at('flow entry')) throw parserError(message, this.scanner.peek().mark, start);
        this.scanner.next();
        if (this.at(end)) break;
      }
      entry();
    }
    this.scanner.next();
  }

  private flowSequence(items: Node[]): void {
    const ends: TokenKind[] = ['flow entry', 'flow sequence end'];
    this.flowEntries('flow sequence end', "did not find expected ',' or ']'", () => {
      if (!this.at('key')) return void items.push(this.node(false, false));
      const { mark } = this.scanner.peek();
      const key = this.nodeUnless(['value', ...ends], false);
      items.push({ kind: 'mapping', flow: true, pairs: [[key, this.valueUnless(ends, false)]], mark });
    });
  }

  private flowMapping(pairs: [Node, Node][]): void {
    const ends: TokenKind[] = ['flow entry', 'flow mapping end'];
    this.flowEntries('flow mapping end', "did not find expected ',' or '}'", () => {
      if (!this.at('key')) return void pairs.push([this.node(false, false), this.empty(this.scanner.peek().mark)]);
      const key = this.nodeUnless(['value', ...ends], false);
      pairs.push([key, this.valueUnless(ends, false)]);
    });
  }
}

/** The first document of a stream; what follows it is not looked at. Throws YamlError. */
export function parseNodes(text: string): Node | undefined {
  return new Parser(text).document();
}
