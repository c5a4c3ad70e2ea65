import { quote } from '../go/quote';
import { DecodeFailure, NumberToken } from './walk';

export interface ParsedJson {
  /** Numbers whose text matters are NumberToken. */
  value: unknown;
  /** The members, in order, of the objects in which a key occurs more than once. */
  repeated: ReadonlyMap<object, [string, unknown][]>;
}

/** Go allows 10,000; a JavaScript stack does not carry that far through every later step. */
const depthMax = 1000;

/** Go's quoteChar: the character as it stands in an error message. */
function quoteChar(char: string): string {
  if (char === '\'') return `'\\''`;
  if (char === '"') return `'"'`;
  return `'${quote(char).slice(1, -1)}'`;
}

/**
 * A JSON parser with the syntax errors of Go's encoding/json (scanner.go), which keeps the text of unusual numbers and
 * every occurrence of a repeated key. Throws DecodeFailure.
 */
export function parsePrecisely(text: string): ParsedJson {
  return new PreciseParser(text).document();
}

class PreciseParser {
  private at = 0;
  private depth = 0;
  private readonly repeated = new Map<object, [string, unknown][]>();

  constructor(private readonly text: string) {}

  document(): ParsedJson {
    const value = this.value('looking for beginning of value');
    this.skipSpace();
    if (this.at < this.text.length) this.fail('after top-level value');
    return { value, repeated: this.repeated };
  }

  private fail(context: string): never {
    if (this.at >= this.text.length) throw new DecodeFailure('unexpected end of JSON input');
    const char = String.fromCodePoint(this.text.codePointAt(this.at)!);
    // Go looks at bytes: a character beyond ASCII shows its first byte, read as Latin-1.
    const first = char < '\x80' ? char : String.fromCharCode(Buffer.from(char)[0]!);
    throw new DecodeFailure(`invalid character ${quoteChar(first)} ${context}`);
  }

  private skipSpace(): void {
    while (this.at < this.text.length && ' \t\r\n'.includes(this.text[this.at]!)) this.at++;
  }

  private value(context: string): unknown {
    this.skipSpace();
    const char = this.text[this.at];
    if (char === '{') return this.nested(() => this.object());
    if (char === '[') return this.nested(() => this.array());
    if (char === '"') return this.string();
    if (char === 't') return this.literal('true', true);
    if (char === 'f') return this.literal('false', false);
    if (char === 'n') return this.literal('null', null);
    if (char !== undefined && (char === '-' || isDigit(char))) return this.number();
    return this.fail(context);
  }

  private nested<T>(read: () => T): T {
    if (++this.depth > depthMax) this.fail('exceeded max depth');
    this.at++;
    const value = read();
    this.depth--;
    return value;
  }

  private object(): object {
    const members: [string, unknown][] = [];
    this.skipSpace();
    if (this.text[this.at] === '}') {
      this.at++;
      return {};
    }
    do {
      this.skipSpace();
      if (this.text[this.at] !== '"') this.fail('looking for beginning of object key string');
      const key = this.string();
      this.skipSpace();
      if (this.text[this.at] !== ':') this.fail('after object key');
      this.at++;
      members.push([key, this.value('looking for beginning of value')]);
    } while (this.more('}', 'after object key:value pair'));
    const object = Object.fromEntries(members);
    if (Object.keys(object).length < members.length) this.repeated.set(object, members);
    return object;
  }

  private array(): unknown[] {
    const items: unknown[] = [];
    this.skipSpace();
    if (this.text[this.at] === ']') {
      this.at++;
      return items;
    }
    do items.push(this.value('looking for beginning of value'));
    while (this.more(']', 'after array element'));
    return items;
  }

  private more(close: string, context: string): boolean {
    this.skipSpace();
    const char = this.text[this.at];
    if (char !== ',' && char !== close) this.fail(context);
    this.at++;
    return char === ',';
  }

  private string(): string {
    const start = this.at++;
    for (; this.text[this.at] !== '"'; this.at++) {
      const char = this.text[this.at];
      if (char === undefined || char < ' ') this.fail('in string literal');
      if (char === '\\') this.escape();
    }
    this.at++;
    return JSON.parse(this.text.slice(start, this.at)) as string;
  }

  /** Leaves `at` on the last character of the escape. */
  private escape(): void {
    const char = this.text[++this.at];
    if (char === undefined || !'bfnrt\\/"u'.includes(char)) this.fail('in string escape code');
    if (char !== 'u') return;
    for (let digit = 0; digit < 4; digit++) {
      this.at++;
      if (!/^[0-9a-fA-F]$/.test(this.text[this.at] ?? '')) this.fail('in \\u hexadecimal character escape');
    }
  }

  private literal<T>(word: string, value: T): T {
    for (let index = 1; index < word.length; index++) {
      this.at++;
      if (this.text[this.at] !== word[index]) this.fail(`in literal ${word} (expecting '${word[index]}')`);
    }
    this.at++;
    return value;
  }

  private number(): number | NumberToken {
    const start = this.at;
    if (this.text[this.at] === '-') this.at++;
    if (!isDigit(this.text[this.at])) this.fail('in numeric literal');
    if (this.text[this.at] === '0') this.at++;
    else this.digits('');
    if (this.text[this.at] === '.') {
      this.at++;
      this.digits('after decimal point in numeric literal');
    }
    if (this.text[this.at] === 'e' || this.text[this.at] === 'E') {
      this.at++;
      if (this.text[this.at] === '+' || this.text[this.at] === '-') this.at++;
      this.digits('in exponent of numeric literal');
    }
    const token = this.text.slice(start, this.at);
    return String(Number(token)) === token && Number.isSafeInteger(Number(token)) ? Number(token) : new NumberToken(token);
  }

  private digits(context: string): void {
    if (!isDigit(this.text[this.at])) this.fail(context);
    while (isDigit(this.text[this.at])) this.at++;
  }
}

const isDigit = (char: string | undefined): boolean => char !== undefined && char >= '0' && char <= '9';
