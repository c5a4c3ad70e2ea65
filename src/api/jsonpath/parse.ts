import { exactInteger } from '../exact-json';
import { Float } from '../go/compare';
import { codePoint } from '../go/quote';
import { unquote } from '../go/unquote';
import type { List, Node, Parameter } from './nodes';

const newList = (): List => ({ kind: 'list', nodes: [] });

const isTerminator = (char: string | undefined) => char === undefined || ' \t\r\n.,[]$@{}'.includes(char);
const isAlphaNumeric = (char: string | undefined) => char !== undefined && /[_\p{L}\p{Nd}]/u.test(char);

const filterExpression = /^([^!<>=]+)([!<>=]+)(.+?)$/;
const sliceExpression = /^(-?\d*)(:-?\d*)?(:-?\d*)?$/;

/** An expression as if it stood alone between braces. */
function parseAction(text: string): List {
  const [first] = parseJsonPath(`{${text}}`).nodes;
  return first as List;
}

/** The text of a template as nodes: plain text and, for each pair of braces, a list. Throws upstream's errors. */
export function parseJsonPath(text: string): List {
  return new Parser(text).template();
}

class Parser {
  private at = 0;

  constructor(private readonly input: string) {}

  template(): List {
    const root = newList();
    while (this.at < this.input.length) {
      const brace = this.input.indexOf('{', this.at);
      const end = brace < 0 ? this.input.length : brace;
      if (end > this.at) root.nodes.push({ kind: 'text', text: this.input.slice(this.at, end) });
      this.at = end;
      if (brace >= 0) root.nodes.push(this.action());
    }
    return root;
  }

  private action(): List {
    const list = newList();
    this.at++;
    while (!this.take('}')) this.step(list.nodes);
    return list;
  }

  private take(text: string): boolean {
    if (!this.input.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private step(nodes: Node[]): void {
    if (this.take('[?(')) return this.filter(nodes);
    if (this.take('..')) return this.recursive(nodes);
    const char = this.char();
    if (char === undefined || char === '\r' || char === '\n') throw new Error('unclosed action');
    if (' @$'.includes(char)) this.at++;
    else if (char === '[') this.array(nodes);
    else if (char === '"' || char === "'") this.quoted(nodes, char);
    else if (char === '.') this.field(nodes, this.at + 1);
    else if (/[-+\p{Nd}]/u.test(char)) this.number(nodes);
    else if (isAlphaNumeric(char)) this.identifier(nodes);
    else throw new Error(`unrecognized character in action: ${codePoint(char)}`);
  }

  private char(): string | undefined {
    const code = this.input.codePointAt(this.at);
    return code === undefined ? undefined : String.fromCodePoint(code);
  }

  private recursive(nodes: Node[]): void {
    if (nodes.at(-1)?.kind === 'recursive') throw new Error('invalid multiple recursive descent');
    nodes.push({ kind: 'recursive' });
    if (isAlphaNumeric(this.char())) this.field(nodes, this.at);
  }

  private field(nodes: Node[], from: number): void {
    this.at = from;
    while (!isTerminator(this.input[this.at])) this.at += this.input[this.at] === '\\' ? 2 : 1;
    this.at = Math.min(this.at, this.input.length);
    const name = this.input.slice(from, this.at);
    nodes.push(name === '*' ? { kind: 'wildcard' } : { kind: 'field', name: name.replaceAll('\\', '') });
  }

  private identifier(nodes: Node[]): void {
    const from = this.at;
    while (!isTerminator(this.input[this.at])) this.at++;
    const name = this.input.slice(from, this.at);
    nodes.push(name === 'true' || name === 'false' ? { kind: 'literal', value: name === 'true' } : { kind: 'identifier', name });
  }

  private number(nodes: Node[]): void {
    const [text] = /^[-+]?[.\p{Nd}]*/u.exec(this.input.slice(this.at))!;
    this.at += text.length;
    if (/^[-+]?\d+$/.test(text)) nodes.push({ kind: 'literal', value: exactInteger(BigInt(text.replace('+', ''))) });
    else if (/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) nodes.push({ kind: 'literal', value: new Float(Number(text)) });
    else throw new Error(`cannot parse number ${text}`);
  }

  private quoted(nodes: Node[], delimiter: string): void {
    const from = this.at++;
    for (;; this.at++) {
      const char = this.input[this.at];
      if (char === undefined || char === '\n') throw new Error('unterminated quoted string');
      if (char === delimiter && this.input[this.at - 1] !== '\\') break;
    }
    const text = this.input.slice(from, ++this.at);
    try {
      nodes.push({ kind: 'text', text: unquote(text) });
    } catch (error) {
      throw new Error(`unquote string ${text} error ${(error as Error).message}`);
    }
  }

  private array(nodes: Node[]): void {
    const end = this.input.indexOf(']', this.at);
    const text = this.input.slice(this.at + 1, end);
    if (end < 0 || text.includes('\n')) throw new Error('unterminated array');
    this.at = end + 1;
    const alternatives = text.split(',');
    const key = /^'([^']*)'$/.exec(text)?.[1];
    if (alternatives.length > 1) nodes.push({ kind: 'union', alternatives: alternatives.map((item) => parseAction(`[${item.replace(/^ +| +$/g, '')}]`)) });
    else if (key !== undefined) nodes.push(...parseAction(`.${key}`).nodes);
    else nodes.push({ kind: 'array', parameters: sliceParameters(text === '*' ? ':' : text) });
  }

  private filter(nodes: Node[]): void {
    const from = this.at;
    const end = this.endOfFilter();
    if (this.input[end + 1] !== ']') throw new Error('unclosed array expect ]');
    this.at = end + 2;
    const text = this.input.slice(from, end);
    const [, left, operator, right] = filterExpression.exec(text) ?? [];
    nodes.push(left === undefined
      ? { kind: 'filter', left: parseAction(text), right: newList(), operator: 'exists' }
      : { kind: 'filter', left: parseAction(left), right: parseAction(right!), operator: operator! });
  }

  /** The closing parenthesis that is not inside the (one) quoted string. */
  private endOfFilter(): number {
    let delimiter: string | undefined;
    let closed = false;
    for (let at = this.at; ; at++) {
      const char = this.input[at];
      if (char === undefined || char === '\n') throw new Error('unterminated filter');
      if (char === ')' && (delimiter === undefined || closed)) return at;
      if (char !== '"' && char !== "'") continue;
      if (delimiter === undefined) delimiter = char;
      else if (char === delimiter && this.input[at - 1] !== '\\') closed = true;
    }
  }
}

function sliceParameters(text: string): [Parameter, Parameter, Parameter] {
  const match = sliceExpression.exec(text);
  if (!match) throw new Error(`invalid array index ${text}`);
  const written = (part: string | undefined, colon: boolean): Parameter => {
    const digits = colon ? (part ?? '').slice(1) : (part ?? '');
    if (!digits) return { known: false, value: 0 };
    if (!/^-?\d+$/.test(digits)) throw new Error(`array index ${digits} is not a number`);
    return { known: true, value: Number(digits) };
  };
  const start = written(match[1], false);
  const end = match[2] ? written(match[2], true) : { known: true, value: start.value + 1, derived: true };
  return [start, end, written(match[3], true)];
}
