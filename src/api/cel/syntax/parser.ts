import { Unsigned, type Call, type Element, type Expression, type LiteralValue } from './ast';
import { CompileError, SyntaxFailure } from './issues';
import { tokenize, type Token, type TokenKind } from './lexer';
import { expandMacro } from './macros';

const depthMax = 250;
const lengthMax = 100_000;

/** Names that no variable may have; fields may. */
const reserved = new Set(['as', 'break', 'const', 'continue', 'else', 'for', 'function', 'if', 'import', 'let', 'loop', 'package', 'namespace', 'return', 'var', 'void', 'while']);

const operandsExpected = "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

/** Reads an expression. Throws CompileError. Grammar: cel-spec; wording of the common errors: cel-go's generated parser. */
export function parseExpression(source: string): Expression {
  const length = source.length > lengthMax ? [...source].length : source.length;
  if (length > lengthMax) throw new CompileError(source, [{ at: 0, message: `expression code point size exceeds limit: size: ${length}, limit ${lengthMax}` }]);
  const { tokens, issues } = tokenize(source);
  if (issues.length) throw new CompileError(source, issues);
  try {
    return new Parser(tokens).whole();
  } catch (error) {
    if (!(error instanceof SyntaxFailure)) throw error;
    throw new CompileError(source, [{ at: error.at, message: error.message }]);
  }
}

/** Binary operators from the loosest to the tightest, with the functions that they are. */
const levels: readonly Readonly<Record<string, string>>[] = [
  { '||': '_||_' },
  { '&&': '_&&_' },
  { '<': '_<_', '<=': '_<=_', '>=': '_>=_', '>': '_>_', '==': '_==_', '!=': '_!=_', in: '@in' },
  { '+': '_+_', '-': '_-_' },
  { '*': '_*_', '/': '_/_', '%': '_%_' },
];

class Parser {
  #next = 0;
  #depth = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  whole(): Expression {
    const expression = this.#expression();
    if (this.#token.kind !== 'end') throw this.#unexpected('<EOF>', this.tokens[this.#next + 1]!.kind === 'end');
    return expression;
  }

  get #token(): Token {
    return this.tokens[this.#next]!;
  }

  #is(text: string): boolean {
    const { kind, text: found } = this.#token;
    return found === text && (kind === 'symbol' || kind === 'keyword');
  }

  #take(): Token {
    return this.tokens[this.#next++]!;
  }

  #takeIf(text: string): Token | undefined {
    return this.#is(text) ? this.#take() : undefined;
  }

  #expect(text: string): Token {
    if (this.#is(text)) return this.#take();
    const after = this.tokens[this.#next + 1];
    throw this.#unexpected(`'${text}'`, after?.text === text && after.kind === 'symbol');
  }

  #expectKind(kind: TokenKind, shown: string): Token {
    if (this.#token.kind === kind) return this.#take();
    throw this.#unexpected(shown, this.tokens[this.#next + 1]?.kind === kind);
  }

  /** `isExtra`: without the token that is there all would be well. */
  #unexpected(expected: string, isExtra: boolean): SyntaxFailure {
    const { at, shown, kind } = this.#token;
    if (isExtra) return new SyntaxFailure(at, `Syntax error: extraneous input '${shown}' expecting ${expected}`);
    if (kind === 'end' && /^'[\])}]'$/.test(expected)) return new SyntaxFailure(at, `Syntax error: missing ${expected} at '<EOF>'`);
    return new SyntaxFailure(at, `Syntax error: mismatched input '${shown}' expecting ${expected}`);
  }

  #deeper<T>(read: () => T): T {
    if (++this.#depth > depthMax) throw new SyntaxFailure(0, `expression recursion limit exceeded: ${depthMax}`);
    const result = read();
    this.#depth--;
    return result;
  }

  #expression(): Expression {
    return this.#deeper(() => {
      const condition = this.#binary(0);
      const mark = this.#takeIf('?');
      if (!mark) return condition;
      const then = this.#binary(0);
      this.#expect(':');
      return call('_?_:_', [condition, then, this.#expression()], mark.at);
    });
  }

  #binary(level: number): Expression {
    const operators = levels[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    while ((this.#token.kind === 'symbol' || this.#token.kind === 'keyword') && Object.hasOwn(operators, this.#token.text)) {
      const operator = this.#take();
      left = call(operators[operator.text]!, [left, this.#binary(level + 1)], operator.at);
    }
    return left;
  }

  #unary(): Expression {
    const operator = this.#is('!') || this.#is('-') ? this.#take() : undefined;
    if (!operator) return this.#member();
    if (operator.text === '-' && isNumber(this.#token)) return this.#members(this.#literal(this.#take(), '-'));
    let count = 1;
    while (this.#takeIf(operator.text)) count++;
    const operand = this.#member();
    return count % 2 === 0 ? operand : call(operator.text === '!' ? '!_' : '-_', [operand], operator.at);
  }

  #member(): Expression {
    return this.#members(this.#primary());
  }

  #members(primary: Expression): Expression {
    let operand = primary;
    for (;;) {
      const dot = this.#takeIf('.');
      const open = dot ? undefined : this.#takeIf('[');
      if (dot) operand = this.#field(operand, dot);
      else if (open) operand = this.#index(operand, open);
      else return operand;
    }
  }

  #field(operand: Expression, dot: Token): Expression {
    const isOptional = this.#takeIf('?') !== undefined;
    const { text: field } = this.#expectKind('identifier', 'IDENTIFIER');
    if (isOptional) return { kind: 'select', operand, field, isOptional, at: dot.at };
    const open = this.#takeIf('(');
    return open ? this.#called(field, operand, open) : { kind: 'select', operand, field, at: dot.at };
  }

  #index(operand: Expression, open: Token): Expression {
    const isOptional = this.#takeIf('?') !== undefined;
    const key = this.#expression();
    this.#expect(']');
    return call(isOptional ? '_[?_]' : '_[_]', [operand, key], open.at);
  }

  #called(name: string, target: Expression | undefined, open: Token): Expression {
    const args = this.#separated(')', () => this.#expression());
    return expandMacro(name, target, args, open.at) ?? { ...call(name, args, open.at), ...(target && { target }) };
  }

  /** Up to the closing token, which is taken, too. */
  #separated<T>(close: string, read: () => T, allowsTrailing = false): T[] {
    const items: T[] = [];
    if (this.#takeIf(close)) return items;
    do {
      if (allowsTrailing && items.length && this.#is(close)) break;
      items.push(read());
    } while (this.#takeIf(','));
    this.#expect(close);
    return items;
  }

  #primary(): Expression {
    const token = this.#token;
    if (token.kind === 'identifier' || this.#is('.')) return this.#name();
    if (this.#is('(')) return this.#group();
    if (this.#is('[')) return this.#list();
    if (this.#is('{')) return this.#map();
    if (token.kind === 'symbol' || token.kind === 'end' || token.text === 'in') throw this.#unexpected(operandsExpected, false);
    return this.#literal(this.#take(), '');
  }

  #group(): Expression {
    this.#take();
    const expression = this.#expression();
    this.#expect(')');
    return expression;
  }

  #name(): Expression {
    const dot = this.#takeIf('.');
    const token = this.#expectKind('identifier', 'IDENTIFIER');
    if (reserved.has(token.text)) throw new SyntaxFailure(token.at, `reserved identifier: ${token.text}`);
    const name = dot ? `.${token.text}` : token.text;
    const open = this.#takeIf('(');
    if (open) return this.#called(name, undefined, open);
    return this.#struct(name, token.at) ?? { kind: 'identifier', name, at: dot?.at ?? token.at };
  }

  /** `a.b.Type{…}`; undefined when it is something else. */
  #struct(first: string, at: number): Expression | undefined {
    let [end, name] = [this.#next, first];
    while (this.tokens[end]!.text === '.' && this.tokens[end + 1]?.kind === 'identifier') {
      name += `.${this.tokens[end + 1]!.text}`;
      end += 2;
    }
    const open = this.tokens[end]!;
    if (open.text !== '{' || open.kind !== 'symbol') return undefined;
    this.#next = end + 1;
    this.#separated('}', () => {
      this.#takeIf('?');
      this.#expectKind('identifier', 'IDENTIFIER');
      this.#expect(':');
      return this.#expression();
    }, true);
    return { kind: 'struct', name, at: open.at ?? at };
  }

  #list(): Expression {
    const { at } = this.#take();
    return { kind: 'list', elements: this.#separated(']', () => this.#element(), true), at };
  }

  #element(): Element {
    const isOptional = this.#takeIf('?') !== undefined;
    return { value: this.#expression(), isOptional };
  }

  #map(): Expression {
    const { at } = this.#take();
    const entries = this.#separated('}', () => {
      const isOptional = this.#takeIf('?') !== undefined;
      const key = this.#expression();
      this.#expect(':');
      return { key, value: this.#expression(), isOptional };
    }, true);
    return { kind: 'map', entries, at };
  }

  #literal(token: Token, sign: string): Expression {
    const at = sign ? token.at - 1 : token.at;
    return { kind: 'literal', value: literalValue(token, sign, at), at };
  }
}

const call = (name: string, args: readonly Expression[], at: number): Call => ({ kind: 'call', name, args, at });

const isNumber = ({ kind }: Token) => kind === 'int' || kind === 'uint' || kind === 'float';

const int64Max = 2n ** 63n;
const uint64Max = 2n ** 64n;

function literalValue({ kind, text, at: place }: Token, sign: string, at: number): LiteralValue {
  if (kind === 'string') return text;
  if (kind === 'bytes') return Buffer.from(text, 'latin1');
  if (kind === 'float') return Number(`${sign}${text}`);
  if (kind === 'int') {
    const value = sign ? -BigInt(text) : BigInt(text);
    if (value >= int64Max || value < -int64Max) throw new SyntaxFailure(at, 'invalid int literal');
    return value;
  }
  if (kind === 'uint') {
    const value = BigInt(text.slice(0, -1));
    if (sign || value >= uint64Max) throw new SyntaxFailure(place, 'invalid uint literal');
    return new Unsigned(value);
  }
  return text === 'null' ? null : text === 'true';
}
