import { YamlError } from '../scalar';
import { Cursor } from './cursor';
import { scannerError } from './error';
import { scanBlockScalar } from './scan-block';
import { scanDirective } from './scan-directive';
import { scanPlain, scanQuoted } from './scan-scalar';
import { scanAnchor, scanTag } from './scan-tag';
import type { Mark, Token, TokenKind } from './token';

/** What may turn out to be a key, once a colon follows on the same line. */
interface SimpleKey {
  possible: boolean;
  /** The number of its first token. */
  token: number;
  mark: Mark;
  /** In a block, at the indentation: it can be nothing else. */
  required: boolean;
}

const maxKeyLength = 1024;
const maxDepth = 10_000;

/** How each indicator is handled; what is no indicator starts a plain scalar. */
const flowIndicators: Record<string, { kind: TokenKind; depth: 1 | -1 | 0 }> = {
  '[': { kind: 'flow sequence start', depth: 1 }, '{': { kind: 'flow mapping start', depth: 1 },
  ']': { kind: 'flow sequence end', depth: -1 }, '}': { kind: 'flow mapping end', depth: -1 },
  ',': { kind: 'flow entry', depth: 0 },
};
const notPlain = /[-?:,[\]{}#&*!|>'"%@`]/;

/** Text to tokens, one at a time, in the manner and with the errors of libyaml's scanner, which go-yaml v2 is a translation of. */
export class Scanner {
  private readonly cursor: Cursor;
  private readonly queue: Token[] = [];
  private taken = 0;
  private done = false;
  private keyAllowed = true;
  private indent = -1;
  private readonly indents: number[] = [];
  /** One for each level of flow collections; the first is that of blocks. */
  private readonly keys: SimpleKey[] = [];
  /**
   * The level of the key that a token may be the first of. As upstream, a level that is left forgets the number it began with, so that
   * an empty flow collection cannot be a key.
   */
  private readonly levels = new Map<number, number>();

  constructor(text: string) {
    this.cursor = new Cursor(text);
    this.enter();
  }

  peek(): Token {
    while ((this.queue.length === 0 || this.headMayBeKey()) && !this.done) this.fetch();
    return this.queue[0]!;
  }

  next(): Token {
    const token = this.peek();
    this.queue.shift();
    this.taken++;
    return token;
  }

  /** Then tokens may still have to be put before it. */
  private headMayBeKey(): boolean {
    const level = this.levels.get(this.taken);
    return level !== undefined && this.isValid(level);
  }

  private enter(): void {
    this.keys.push({ possible: false, required: false, token: this.taken + this.queue.length, mark: this.cursor.mark() });
  }

  private leave(): void {
    if (this.inFlow) this.levels.delete(this.keys.pop()!.token);
  }

  private get inFlow(): boolean {
    return this.keys.length > 1;
  }

  /** A key ends where its line ends. */
  private isValid(level: number): boolean {
    const key = this.keys[level]!;
    if (!key.possible) return false;
    if (key.mark.line === this.cursor.line && key.mark.index + maxKeyLength >= this.cursor.index) return true;
    this.requireColon(key);
    key.possible = false;
    return false;
  }

  private requireColon(key: SimpleKey): void {
    if (key.required) throw scannerError("could not find expected ':'", this.cursor.mark(), key.mark);
  }

  private dropKey(): void {
    const key = this.keys.at(-1)!;
    if (!key.possible) return;
    this.requireColon(key);
    key.possible = false;
    this.levels.delete(key.token);
  }

  private saveKey(): void {
    if (!this.keyAllowed) return;
    const mark = this.cursor.mark();
    const token = this.taken + this.queue.length;
    this.dropKey();
    const level = this.keys.length - 1;
    this.keys[level] = { possible: true, token, mark, required: !this.inFlow && this.indent === mark.column };
    this.levels.set(token, level);
  }

  private push(kind: TokenKind, mark: Mark, rest?: Partial<Token>): void {
    this.queue.push({ kind, mark, ...rest });
  }

  private rollIndent(column: number, kind: TokenKind, mark: Mark, at = this.queue.length): void {
    if (this.inFlow || this.indent >= column) return;
    if (this.indents.length >= maxDepth) throw new YamlError(`yaml: exceeded max depth of ${maxDepth}`);
    this.indents.push(this.indent);
    this.indent = column;
    this.insert(at, { kind, mark });
  }

  /** Behind all others when the place has gone by. */
  private insert(at: number, token: Token): void {
    this.queue.splice(at < 0 ? this.queue.length : at, 0, token);
  }

  private unrollIndent(column: number): void {
    if (this.inFlow) return;
    while (this.indent > column) {
      this.push('block end', this.cursor.mark());
      this.indent = this.indents.pop()!;
    }
  }

  private skipBlanks(): void {
    const { cursor } = this;
    for (;;) {
      // A tab at the start of a line, where a key may stand, is no blank.
      const takesTabs = this.inFlow || !this.keyAllowed;
      while (cursor.char() === ' ' || (takesTabs && cursor.char() === '\t')) cursor.skip();
      if (cursor.char() === '#') while (!cursor.isBreakOrEnd()) cursor.skip();
      if (!cursor.isBreak()) return;
      cursor.takeBreak();
      if (!this.inFlow) this.keyAllowed = true;
    }
  }

  private fetch(): void {
    this.skipBlanks();
    const { cursor } = this;
    this.unrollIndent(cursor.column);
    if (cursor.isEnd()) return this.fetchEnd();
    const char = cursor.char();
    if (cursor.column === 0 && char === '%') return this.fetchDirective();
    if (cursor.atDocumentIndicator()) return this.fetchDocumentIndicator();
    const flow = flowIndicators[char];
    if (flow) return this.fetchFlow(flow.kind, flow.depth);
    if (char === '-' && cursor.isBlankBreakOrEnd(1)) return this.fetchEntry();
    if (char === '?' && (this.inFlow || cursor.isBlankBreakOrEnd(1))) return this.fetchKey();
    if (char === ':' && (this.inFlow || cursor.isBlankBreakOrEnd(1))) return this.fetchValue();
    this.fetchNode(char);
  }

  private fetchEnd(): void {
    const { cursor } = this;
    if (cursor.column !== 0) {
      cursor.column = 0;
      cursor.line++;
    }
    this.unrollIndent(-1);
    this.dropKey();
    this.keyAllowed = false;
    this.push('stream end', cursor.mark());
    this.done = true;
  }

  private fetchDirective(): void {
    this.unrollIndent(-1);
    this.dropKey();
    this.keyAllowed = false;
    const mark = this.cursor.mark();
    this.push('directive', mark, { text: scanDirective(this.cursor, mark) });
  }

  private fetchDocumentIndicator(): void {
    this.unrollIndent(-1);
    this.dropKey();
    this.keyAllowed = false;
    const mark = this.cursor.mark();
    this.push(this.cursor.take(3) === '---' ? 'document start' : 'document end', mark);
  }

  private fetchFlow(kind: TokenKind, depth: 1 | -1 | 0): void {
    if (depth === 1) this.saveKey();
    else this.dropKey();
    if (depth === 1 && this.keys.length > maxDepth) throw new YamlError(`yaml: exceeded max depth of ${maxDepth}`);
    if (depth === 1) this.enter();
    else if (depth === -1) this.leave();
    this.keyAllowed = depth >= 0;
    this.push(kind, this.cursor.mark());
    this.cursor.skip();
  }

  private fetchEntry(): void {
    const mark = this.cursor.mark();
    if (!this.inFlow) {
      if (!this.keyAllowed) throw scannerError('block sequence entries are not allowed in this context', mark);
      this.rollIndent(mark.column, 'block sequence start', mark);
    }
    this.dropKey();
    this.keyAllowed = true;
    this.push('block entry', mark);
    this.cursor.skip();
  }

  private fetchKey(): void {
    const mark = this.cursor.mark();
    if (!this.inFlow) {
      if (!this.keyAllowed) throw scannerError('mapping keys are not allowed in this context', mark);
      this.rollIndent(mark.column, 'block mapping start', mark);
    }
    this.dropKey();
    this.keyAllowed = !this.inFlow;
    this.push('key', mark);
    this.cursor.skip();
  }

  private fetchValue(): void {
    const mark = this.cursor.mark();
    const key = this.keys.at(-1)!;
    if (this.isValid(this.keys.length - 1)) {
      const at = key.token - this.taken;
      this.insert(at, { kind: 'key', mark: key.mark });
      this.rollIndent(key.mark.column, 'block mapping start', key.mark, at);
      key.possible = false;
      this.levels.delete(key.token);
      this.keyAllowed = false;
    } else {
      if (!this.inFlow) {
        if (!this.keyAllowed) throw scannerError('mapping values are not allowed in this context', mark);
        this.rollIndent(mark.column, 'block mapping start', mark);
      }
      this.keyAllowed = !this.inFlow;
    }
    this.push('value', mark);
    this.cursor.skip();
  }

  private fetchNode(char: string): void {
    const { cursor } = this;
    const mark = cursor.mark();
    if (!this.inFlow && (char === '|' || char === '>')) {
      this.dropKey();
      this.keyAllowed = true;
      return this.push('scalar', mark, { text: scanBlockScalar(cursor, this.indent), style: char === '|' ? 'literal' : 'folded' });
    }
    if (!'*&!\'"'.includes(char) && !this.startsPlain(char)) throw scannerError('found character that cannot start any token', mark);
    this.saveKey();
    this.keyAllowed = false;
    if (char === '*') this.push('alias', mark, { text: scanAnchor(cursor, mark) });
    else if (char === '&') this.push('anchor', mark, { text: scanAnchor(cursor, mark) });
    else if (char === '!') this.push('tag', mark, scanTag(cursor, mark));
    else if (char === "'" || char === '"') this.push('scalar', mark, { text: scanQuoted(cursor), style: char === '"' ? 'double' : 'single' });
    else this.fetchPlain(mark);
  }

  private startsPlain(char: string): boolean {
    if (char === '-') return !this.cursor.isBlank(1);
    if (char === '?' || char === ':') return !this.inFlow && !this.cursor.isBlankBreakOrEnd(1);
    return !notPlain.test(char) && !this.cursor.isBlank();
  }

  private fetchPlain(mark: Mark): void {
    const { text, endsLine } = scanPlain(this.cursor, this.indent, this.inFlow);
    if (endsLine) this.keyAllowed = true;
    this.push('scalar', mark, { text, style: 'plain' });
  }
}
