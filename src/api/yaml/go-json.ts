/** Where and why Go's JSON scanner stops. `offset` counts the bytes read, the offending one included. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';

  constructor(message: string, readonly offset: number) {
    super(message);
  }
}

const blank = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y;
const literals: Record<string, string> = { t: 'true', f: 'false', n: 'null' };

const shown = (char: string) => (char === "'" ? `'\\''` : char === '"' ? `'"'` : `'${JSON.stringify(char).slice(1, -1).replace(/\\u00/, '\\x')}'`);

/** Walks one JSON value, with the errors of encoding/json's scanner. */
class Scanner {
  constructor(private readonly text: string, public at: number) {}

  value(): void {
    this.space();
    const char = this.text[this.at];
    if (char === '{') this.object();
    else if (char === '[') this.array();
    else if (char === '"') this.string();
    else if (char !== undefined && char in literals) this.literal(literals[char]!);
    else if (char !== undefined && /[-\d]/.test(char)) this.number();
    else this.fail('looking for beginning of value');
  }

  private space(): void {
    blank.lastIndex = this.at;
    blank.exec(this.text);
    this.at = blank.lastIndex;
  }

  fail(context: string): never {
    const char = this.text.codePointAt(this.at);
    if (char === undefined) throw new JsonSyntaxError('unexpected EOF', Buffer.byteLength(this.text));
    throw new JsonSyntaxError(`invalid character ${shown(String.fromCodePoint(char))} ${context}`, Buffer.byteLength(this.text.slice(0, this.at)) + 1);
  }

  private object(): void {
    this.at++;
    this.space();
    if (this.text[this.at] === '}') return void this.at++;
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') this.fail('looking for beginning of object key string');
      this.string();
      this.space();
      if (this.text[this.at] !== ':') this.fail('after object key');
      this.at++;
      this.value();
      this.space();
      const next = this.text[this.at];
      if (next !== ',' && next !== '}') this.fail('after object key:value pair');
      this.at++;
      if (next === '}') return;
    }
  }

  private array(): void {
    this.at++;
    this.space();
    if (this.text[this.at] === ']') return void this.at++;
    for (;;) {
      this.value();
      this.space();
      const next = this.text[this.at];
      if (next !== ',' && next !== ']') this.fail('after array element');
      this.at++;
      if (next === ']') return;
    }
  }

  private string(): void {
    for (this.at++; this.text[this.at] !== '"'; this.at++) {
      if (this.at >= this.text.length || this.text[this.at]! < ' ') this.fail('in string literal');
      if (this.text[this.at] === '\\') this.escape();
    }
    this.at++;
  }

  private escape(): void {
    const kind = this.text[++this.at];
    if (kind === undefined || !'"\\/bfnrtu'.includes(kind)) this.fail('in string escape code');
    if (kind !== 'u') return;
    for (let digits = 0; digits < 4; digits++) {
      if (!/[\da-fA-F]/.test(this.text[++this.at] ?? '')) this.fail('in \\u hexadecimal character escape');
    }
  }

  private literal(word: string): void {
    for (const expected of word) {
      if (this.text[this.at] !== expected) this.fail(`in literal ${word} (expecting ${shown(expected)})`);
      this.at++;
    }
  }

  private number(): void {
    number.lastIndex = this.at;
    const match = number.exec(this.text);
    if (!match) {
      this.at++;
      this.fail('in numeric literal');
    }
    this.at = number.lastIndex;
    const next = this.text[this.at];
    const hasFraction = /[.eE]/.test(match[0]);
    if (next === '.' && !hasFraction) this.failAfter(1, 'after decimal point in numeric literal');
    if ((next === 'e' || next === 'E') && !/[eE]/.test(match[0])) {
      this.failAfter(/[-+]/.test(this.text[this.at + 1] ?? '') ? 2 : 1, 'in exponent of numeric literal');
    }
  }

  private failAfter(skipped: number, context: string): never {
    this.at += skipped;
    this.fail(context);
  }
}

/** The end of the JSON value that starts at or after `from`. Throws JsonSyntaxError. */
export function endOfJsonValue(text: string, from: number): number {
  const scanner = new Scanner(text, from);
  scanner.value();
  return scanner.at;
}
