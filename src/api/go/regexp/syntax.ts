/** Of one code point. */
export type CharTest = (code: number) => boolean;

export type Assertion = 'beginText' | 'endText' | 'beginLine' | 'endLine' | 'wordBoundary' | 'noWordBoundary';

export type Node =
  | { readonly kind: 'empty' }
  | { readonly kind: 'char'; readonly test: CharTest }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly parts: readonly Node[] }
  | { readonly kind: 'choice'; readonly options: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly min: number; readonly max: number; readonly isGreedy: boolean };

/** A pattern that is none. Wording: Go's regexp/syntax. */
export class RegExpError extends Error {
  override readonly name = 'RegExpError';

  constructor(why: string, fragment: string) {
    super(`error parsing regexp: ${why}: \`${fragment}\``);
  }
}

interface Flags {
  readonly i: boolean;
  readonly s: boolean;
  readonly m: boolean;
  /** Swaps greedy and lazy. */
  readonly U: boolean;
}

const repeatMax = 1000;
const depthMax = 1000;

/** Reads a pattern in RE2's syntax. Throws RegExpError. */
export const parsePattern = (pattern: string): Node => new PatternParser(pattern).whole();

const inRange = (from: number, to: number): CharTest => (code) => code >= from && code <= to;
const anyOf = (tests: readonly CharTest[]): CharTest => (code) => tests.some((test) => test(code));
const not = (test: CharTest): CharTest => (code) => !test(code);
const isWord = (code: number) => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
const isDigit = inRange(48, 57);
const isSpace = (code: number) => code === 32 || (code >= 9 && code <= 13 && code !== 11);

export const isWordCode = isWord;

const perlClasses: Readonly<Record<string, CharTest>> = { d: isDigit, D: not(isDigit), w: isWord, W: not(isWord), s: isSpace, S: not(isSpace) };

const letters = anyOf([inRange(65, 90), inRange(97, 122)]);
const posixClasses: Readonly<Record<string, CharTest>> = {
  alnum: anyOf([letters, isDigit]), alpha: letters, ascii: inRange(0, 127), blank: (code) => code === 9 || code === 32, cntrl: (code) => code < 32 || code === 127,
  digit: isDigit, graph: inRange(33, 126), lower: inRange(97, 122), print: inRange(32, 126), punct: (code) => code > 32 && code < 127 && !letters(code) && !isDigit(code),
  space: (code) => code === 32 || (code >= 9 && code <= 13), upper: inRange(65, 90), word: isWord, xdigit: anyOf([isDigit, inRange(65, 70), inRange(97, 102)]),
};

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

class PatternParser {
  #at = 0;
  #depth = 0;
  readonly #chars: readonly string[];

  constructor(private readonly pattern: string) {
    this.#chars = [...pattern];
  }

  whole(): Node {
    const node = this.#choice({ i: false, s: false, m: false, U: false });
    if (this.#at < this.#chars.length) throw new RegExpError('unexpected )', this.pattern);
    return node;
  }

  get #char(): string | undefined {
    return this.#chars[this.#at];
  }

  #rest(from = this.#at): string {
    return this.#chars.slice(from).join('');
  }

  #since(from: number): string {
    return this.#chars.slice(from, this.#at).join('');
  }

  #takeIf(text: string): boolean {
    if (!this.#chars.slice(this.#at, this.#at + text.length).join('').startsWith(text)) return false;
    this.#at += [...text].length;
    return true;
  }

  #choice(flags: Flags): Node {
    if (++this.#depth > depthMax) throw new RegExpError('expression nests too deeply', this.pattern);
    let current = flags;
    const options: Node[] = [];
    let parts: Node[] = [];
    for (;;) {
      if (this.#char === undefined || this.#char === ')') break;
      if (this.#takeIf('|')) {
        options.push({ kind: 'sequence', parts });
        parts = [];
        continue;
      }
      const changed = this.#flagGroup(current);
      if (changed) current = changed;
      else this.#repeated(parts, current);
    }
    this.#depth--;
    const last: Node = { kind: 'sequence', parts };
    return options.length ? { kind: 'choice', options: [...options, last] } : last;
  }

  /** `(?is-m)`: flags for what follows in the group. */
  #flagGroup(flags: Flags): Flags | undefined {
    const [found, on, off] = /^\(\?([imsU]*)(?:-([imsU]+))?\)/.exec(this.#rest()) ?? [];
    if (!found || found === '(?)') return undefined;
    this.#at += found.length;
    return withFlags(flags, on!, off);
  }

  #repeated(parts: Node[], flags: Flags): void {
    const from = this.#at;
    parts.push(...this.#atom(flags));
    for (let isFirst = true; ; isFirst = false) {
      const start = this.#at;
      const count = this.#count();
      if (!count) return;
      if (!isFirst) throw new RegExpError('invalid nested repetition operator', this.#rest(from).slice(this.#lastRepeat, this.#at - from));
      const part = parts.pop();
      if (!part) throw new RegExpError('missing argument to repetition operator', this.#since(start));
      const isLazy = this.#takeIf('?');
      this.#lastRepeat = start - from;
      parts.push({ kind: 'repeat', part, ...count, isGreedy: isLazy === flags.U });
    }
  }

  #lastRepeat = 0;

  #count(): { min: number; max: number } | undefined {
    if (this.#takeIf('*')) return { min: 0, max: Infinity };
    if (this.#takeIf('+')) return { min: 1, max: Infinity };
    if (this.#takeIf('?')) return { min: 0, max: 1 };
    const [found, low, comma, high] = /^\{(\d+)(,)?(\d*)\}/.exec(this.#rest()) ?? [];
    if (!found || (!comma && high)) return undefined;
    const min = Number(low);
    const max = !comma ? min : high ? Number(high) : Infinity;
    if (min > repeatMax || (max !== Infinity && max > repeatMax) || min > max) throw new RegExpError('invalid repeat count', found);
    this.#at += found.length;
    return { min, max };
  }

  #atom(flags: Flags): Node[] {
    const char = this.#char!;
    if ('*+?'.includes(char)) throw new RegExpError('missing argument to repetition operator', char);
    if (char === '(') return [this.#group(flags)];
    if (char === '[') return [{ kind: 'char', test: folded(this.#class(), flags) }];
    this.#at++;
    if (char === '.') return [{ kind: 'char', test: flags.s ? () => true : (code) => code !== 10 }];
    if (char === '^') return [{ kind: 'assert', assertion: flags.m ? 'beginLine' : 'beginText' }];
    if (char === '$') return [{ kind: 'assert', assertion: flags.m ? 'endLine' : 'endText' }];
    return char === '\\' ? this.#escape(flags) : [literal(char.codePointAt(0)!, flags)];
  }

  #group(flags: Flags): Node {
    const rest = this.#rest();
    const [open, on = '', off] = /^\((?:\?(?:P?<\w+>|([imsU]*)(?:-([imsU]+))?:))?/.exec(rest)!;
    if (open === '(' && rest[1] === '?') throw new RegExpError('invalid or unsupported Perl syntax', /^\(\?<?.?/.exec(rest)![0]);
    this.#at += open.length;
    const node = this.#choice(withFlags(flags, on, off));
    if (!this.#takeIf(')')) throw new RegExpError('missing closing )', this.pattern);
    return node;
  }

  #escape(flags: Flags): Node[] {
    const char = this.#char;
    if (char === undefined) throw new Error('error parsing regexp: trailing backslash at end of expression: ``');
    const assertion = ({ A: 'beginText', z: 'endText', b: 'wordBoundary', B: 'noWordBoundary' } as const)[char as 'A'];
    if (assertion) {
      this.#at++;
      return [{ kind: 'assert', assertion }];
    }
    if (char === 'Q') return this.#quoted(flags);
    return [{ kind: 'char', test: folded(this.#classEscape() ?? exactly(this.#charEscape()), flags) }];
  }

  /** `\Q…\E` */
  #quoted(flags: Flags): Node[] {
    this.#at++;
    const nodes: Node[] = [];
    while (this.#char !== undefined && !this.#takeIf('\\E')) nodes.push(literal(this.#chars[this.#at++]!.codePointAt(0)!, flags));
    return nodes;
  }

  /** Behind the backslash: a set of characters; undefined for a single one. */
  #classEscape(): CharTest | undefined {
    const char = this.#char!;
    const perl = perlClasses[char];
    if (perl) {
      this.#at++;
      return perl;
    }
    return char === 'p' || char === 'P' ? this.#unicodeClass() : undefined;
  }

  #unicodeClass(): CharTest {
    const [found, braced, single] = /^[pP](?:\{(\^?\w+)\}|(\w))/.exec(this.#rest()) ?? [];
    if (!found) throw new RegExpError('invalid character class range', `\\${this.#rest().slice(0, 2)}`);
    this.#at += found.length;
    const name = braced ?? single!;
    const test = unicodeTest(name.replace(/^\^/, ''));
    if (!test) throw new RegExpError('invalid character class range', `\\${found}`);
    return (found[0] === 'P') !== name.startsWith('^') ? not(test) : test;
  }

  /** Behind the backslash: one code point. */
  #charEscape(): number {
    const rest = this.#rest();
    const [hex, wide, narrow] = /^x(?:\{([0-9a-fA-F]+)\}|([0-9a-fA-F]{2}))/.exec(rest) ?? [];
    const code = hex && parseInt(wide ?? narrow!, 16);
    if (hex && code !== undefined && code !== '' && code <= 0x10ffff) return this.#took(hex.length, code);
    const [octal] = /^(?:0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(rest) ?? [];
    if (octal) return this.#took(octal.length, parseInt(octal, 8));
    const char = this.#char!;
    if (controls[char] !== undefined) return this.#took(1, controls[char]);
    if (char < '\x80' && !/\w/.test(char)) return this.#took(1, char.codePointAt(0)!);
    throw new RegExpError('invalid escape sequence', `\\${char}`);
  }

  #took(length: number, code: number): number {
    this.#at += length;
    return code;
  }

  #class(): CharTest {
    const from = this.#at++;
    const isNegated = this.#takeIf('^');
    const tests: CharTest[] = [];
    for (let isFirst = true; isFirst || this.#char !== ']'; isFirst = false) {
      if (this.#char === undefined) throw new RegExpError('missing closing ]', this.#rest(from));
      tests.push(this.#posixClass() ?? this.#classMember());
    }
    this.#at++;
    return isNegated ? not(anyOf(tests)) : anyOf(tests);
  }

  #posixClass(): CharTest | undefined {
    const [found, negated, name] = /^\[:(\^?)(\w+):\]/.exec(this.#rest()) ?? [];
    if (!found) return undefined;
    const test = posixClasses[name!];
    if (!test) throw new RegExpError('invalid character class range', found);
    this.#at += found.length;
    return negated ? not(test) : test;
  }

  #classMember(): CharTest {
    const from = this.#at;
    if (this.#char === '\\') {
      this.#at++;
      if (this.#char === undefined) throw new RegExpError('missing closing ]', this.#rest(from - 1));
      const set = this.#classEscape();
      if (set) return set;
      this.#at--;
    }
    const low = this.#classChar();
    const next = this.#chars[this.#at + 1];
    if (this.#char !== '-' || next === undefined || next === ']') return exactly(low);
    this.#at++;
    const high = this.#classChar();
    if (high < low) throw new RegExpError('invalid character class range', this.#since(from));
    return inRange(low, high);
  }

  #classChar(): number {
    const char = this.#chars[this.#at++]!;
    return char === '\\' ? this.#charEscape() : char.codePointAt(0)!;
  }
}

const exactly = (wanted: number): CharTest => (code) => code === wanted;

const literal = (code: number, flags: Flags): Node => ({ kind: 'char', test: folded(exactly(code), flags) });

function folded(test: CharTest, { i }: Flags): CharTest {
  if (!i) return test;
  return (code) => test(code) || [(text: string) => text.toLowerCase(), (text: string) => text.toUpperCase()]
    .some((change) => test(change(String.fromCodePoint(code)).codePointAt(0)!));
}

function withFlags(flags: Flags, on: string, off = ''): Flags {
  const is = (flag: keyof Flags) => (on.includes(flag) || flags[flag]) && !off.includes(flag);
  return { i: is('i'), s: is('s'), m: is('m'), U: is('U') };
}

function unicodeTest(name: string): CharTest | undefined {
  if (name === 'Any') return () => true;
  for (const property of [name, `Script=${name}`]) {
    try {
      const pattern = new RegExp(`^\\p{${property}}$`, 'u');
      return (code) => pattern.test(String.fromCodePoint(code));
    } catch {
      // Not a category: a script, or nothing.
    }
  }
  return undefined;
}
