export type ItemKind =
  | 'text' | 'left delim' | 'right delim' | 'space' | 'identifier' | 'field' | 'variable' | 'number' | 'char' | 'string' | 'bool' | 'nil' | 'dot'
  | 'pipe' | '(' | ')' | 'assign' | 'declare' | 'other' | 'keyword' | 'error' | 'eof';

export interface Item {
  kind: ItemKind;
  text: string;
  position: number;
  line: number;
}

const keywords = new Set(['block', 'break', 'continue', 'define', 'else', 'end', 'if', 'range', 'template', 'with']);

const blank = /[ \t\r\n]/;
const trimLeft = /^-[ \t\r\n]/;
const trimRight = /^[ \t\r\n]+-\}\}/;

const quotedString = /"(?:\\[^\n]|[^"\\\n])*"/y;
const charConstant = /'(?:\\[^\n]|[^'\\\n])*'/y;
const rawString = /`[^`]*`/y;
const word = /[\p{L}\p{Nd}_]+/uy;
const number = /[-+]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|[\d_]*(?:\.[\d_]*)?(?:[eE][-+]?[\d_]*)?)i?/y;

/** A template as items; an `error` item is the last. Source: text/template/parse/lex.go. */
export function lex(input: string): Item[] {
  return new Lexer(input).run();
}

class Lexer {
  private readonly items: Item[] = [];
  private at = 0;
  private parens = 0;

  constructor(private readonly input: string) {}

  run(): Item[] {
    while (this.text());
    return this.items;
  }

  private push(kind: ItemKind, from: number, to = this.at, text = this.input.slice(from, to)): boolean {
    const line = 1 + (this.input.slice(0, from).match(/\n/g)?.length ?? 0);
    this.items.push({ kind, text, position: from, line });
    return kind !== 'error' && kind !== 'eof';
  }

  private fail(message: string, from = this.at): boolean {
    return this.push('error', from, from, message);
  }

  /** Up to and over the next action. False at the end. */
  private text(): boolean {
    const start = this.at;
    const brace = this.input.indexOf('{{', start);
    const end = brace < 0 ? this.input.length : brace;
    const trims = brace >= 0 && trimLeft.test(this.input.slice(brace + 2, brace + 4));
    const kept = trims ? this.input.slice(start, end).replace(/[ \t\r\n]+$/, '').length : end - start;
    if (kept) this.push('text', start, start + kept);
    this.at = end;
    if (brace < 0) return this.push('eof', end);
    return this.action(trims);
  }

  private action(trims: boolean): boolean {
    const start = this.at;
    const afterDelimiter = start + 2 + (trims ? 2 : 0);
    if (this.input.startsWith('/*', afterDelimiter)) return this.comment(afterDelimiter);
    this.at = start + 2;
    this.push('left delim', start);
    this.at = afterDelimiter;
    this.parens = 0;
    for (;;) {
      if (this.atRightDelimiter()) return this.rightDelimiter();
      if (!this.inside()) return false;
    }
  }

  private comment(from: number): boolean {
    const end = this.input.indexOf('*/', from);
    if (end < 0) return this.fail('unclosed comment', from);
    this.at = end + 2;
    if (!this.atRightDelimiter()) return this.fail('comment ends before closing delimiter');
    this.closeDelimiter();
    return true;
  }

  private atRightDelimiter(): boolean {
    return this.input.startsWith('}}', this.at) || trimRight.test(this.input.slice(this.at));
  }

  /** Over the delimiter and the space that it trims. */
  private closeDelimiter(): number {
    const trims = !this.input.startsWith('}}', this.at);
    if (trims) this.at = this.input.indexOf('-}}', this.at) + 1;
    const from = this.at;
    this.at += 2;
    if (trims) while (blank.test(this.input[this.at] ?? '')) this.at++;
    return from;
  }

  private rightDelimiter(): boolean {
    if (this.parens) return this.fail('unclosed left paren');
    const from = this.closeDelimiter();
    return this.push('right delim', from, from + 2);
  }

  private match(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const length = pattern.exec(this.input)?.[0].length ?? 0;
    this.at += length;
    return length > 0;
  }

  /** One item of an action. */
  private inside(): boolean {
    const start = this.at;
    const char = this.input[start];
    if (char === undefined) return this.fail('unclosed action');
    if (blank.test(char)) return this.space(start);
    if (this.input.startsWith(':=', start)) return this.take(2, 'declare');
    const single: Record<string, ItemKind> = { '=': 'assign', '|': 'pipe', ',': 'other', '(': '(', ')': ')' };
    if (single[char]) return this.paren(char) && this.take(1, single[char]);
    if (char === '"') return this.match(quotedString) ? this.push('string', start) : this.fail('unterminated quoted string', start);
    if (char === '`') return this.match(rawString) ? this.push('string', start) : this.fail('unterminated raw quoted string', start);
    if (char === "'") return this.match(charConstant) ? this.push('char', start) : this.fail('unterminated character constant', start);
    if (char === '$') return this.variable(start);
    if (char === '.' && !/\d/.test(this.input[start + 1] ?? '')) return this.field(start);
    if (/[-+\d.]/.test(char)) return this.number(start);
    if (/[\p{L}_]/u.test(this.codePoint())) return this.identifier(start);
    if (/^[!-~]$/.test(char)) return this.take(1, 'other');
    return this.fail(`unrecognized character in action: ${this.shownChar()}`, start);
  }

  private codePoint(): string {
    return String.fromCodePoint(this.input.codePointAt(this.at)!);
  }

  private shownChar(): string {
    const char = this.codePoint();
    return `U+${char.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')} '${char}'`;
  }

  private take(length: number, kind: ItemKind): boolean {
    const start = this.at;
    this.at += length;
    return this.push(kind, start);
  }

  private space(start: number): boolean {
    while (blank.test(this.input[this.at] ?? '') && !this.atRightDelimiter()) this.at++;
    return this.push('space', start);
  }

  private paren(char: string): boolean {
    if (char === '(') this.parens++;
    if (char === ')' && --this.parens < 0) return this.fail('unexpected right paren');
    return true;
  }

  /** Items that run on must be followed by something that cannot belong to them. */
  private terminated(kind: ItemKind, start: number): boolean {
    const next = this.input[this.at];
    if (next === undefined || /[ \t\r\n.,|:()]/.test(next) || this.input.startsWith('}}', this.at) || next === '=') return this.push(kind, start);
    return this.fail(`bad character ${this.shownChar()}`, start);
  }

  private variable(start: number): boolean {
    this.at++;
    this.match(word);
    return this.terminated('variable', start);
  }

  private field(start: number): boolean {
    this.at++;
    if (!this.match(word)) return this.terminated('dot', start);
    return this.terminated('field', start);
  }

  private number(start: number): boolean {
    if (this.match(number) && !/[\p{L}\p{Nd}_]/u.test(this.input[this.at] ?? '')) return this.push('number', start);
    this.at++;
    this.match(word);
    return this.fail(`bad number syntax: ${JSON.stringify(this.input.slice(start, this.at))}`, start);
  }

  private identifier(start: number): boolean {
    this.match(word);
    const text = this.input.slice(start, this.at);
    if (keywords.has(text)) return this.terminated('keyword', start);
    if (text === 'true' || text === 'false') return this.terminated('bool', start);
    return this.terminated(text === 'nil' ? 'nil' : 'identifier', start);
  }
}
