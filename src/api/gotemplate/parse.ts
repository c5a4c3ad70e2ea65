import { exactInteger } from '../exact-json';
import { Float, Int } from '../go/compare';
import { quote } from '../go/quote';
import { unquote } from '../go/unquote';
import { lex, type Item, type ItemKind } from './lex';
import { show, type Branch, type Command, type Node, type Operand, type Pipe } from './nodes';

export interface Template {
  /** The name that errors give. */
  name: string;
  text: string;
  /** By name; the template itself is among them. */
  definitions: Map<string, Node[]>;
}

type Stop = { kind: 'end' } | { kind: 'else' };

const operandKinds = new Set<ItemKind>(['bool', 'char', 'dot', 'field', 'identifier', 'number', 'nil', 'string', 'variable', '(']);

/** Throws a plain Error with text/template's message. */
export function parseTemplate(name: string, text: string, functions: ReadonlySet<string>): Template {
  const definitions = new Map<string, Node[]>();
  const root = new Parser(name, text, functions, definitions).root();
  definitions.set(name, root);
  return { name, text, definitions };
}

class Parser {
  private readonly items: Item[];
  private at = 0;
  private variables = ['$'];
  private rangeDepth = 0;
  private actionLine = 0;

  constructor(private readonly name: string, text: string, private readonly functions: ReadonlySet<string>, private readonly definitions: Map<string, Node[]>) {
    this.items = lex(text);
  }

  root(): Node[] {
    const nodes: Node[] = [];
    while (this.peek().kind !== 'eof') {
      if (this.definition()) continue;
      const node = this.textOrAction();
      if (isStop(node)) this.fail(`unexpected {{${node.kind}}}`);
      nodes.push(node);
    }
    return nodes;
  }

  private fail(message: string, line = this.items[Math.min(Math.max(this.at - 1, 0), this.items.length - 1)]!.line): never {
    throw new Error(`template: ${this.name}:${line}: ${message}`);
  }

  private peek(): Item {
    return this.items[Math.min(this.at, this.items.length - 1)]!;
  }

  private next(): Item {
    const item = this.peek();
    this.at++;
    return item;
  }

  private skipSpace(): void {
    while (this.peek().kind === 'space') this.at++;
  }

  private peekNonSpace(): Item {
    this.skipSpace();
    return this.peek();
  }

  private nextNonSpace(): Item {
    this.skipSpace();
    return this.next();
  }

  private unexpected(item: Item, context: string): never {
    if (item.kind !== 'error') this.fail(`unexpected ${showItem(item)} in ${context}`, item.line);
    const started = this.actionLine && this.actionLine !== item.line ? ` in action started at ${this.name}:${this.actionLine}` : '';
    this.fail(item.text + (item.text.endsWith(' action') ? started.replace(' in action', '') : started), item.line);
  }

  private expect(kind: ItemKind, context: string): Item {
    const item = this.nextNonSpace();
    return item.kind === kind ? item : this.unexpected(item, context);
  }

  private isKeyword(item: Item, ...words: string[]): boolean {
    return item.kind === 'keyword' && words.includes(item.text);
  }

  /** `{{define "name"}}…{{end}}`, at the top only. */
  private definition(): boolean {
    const start = this.at;
    if (this.next().kind !== 'left delim' || !this.isKeyword(this.nextNonSpace(), 'define')) {
      this.at = start;
      return false;
    }
    const name = this.expect('string', 'define clause');
    this.expect('right delim', 'define clause');
    this.scope(() => {
      const { nodes, stop } = this.list();
      if (stop.kind !== 'end') this.fail(`unexpected {{${stop.kind}}} in define clause`);
      this.definitions.set(unquoteGo(name.text), nodes);
    }, ['$']);
    return true;
  }

  private scope<T>(body: () => T, start = [...this.variables]): T {
    const outer = this.variables;
    this.variables = start;
    const result = body();
    this.variables = outer;
    return result;
  }

  private list(): { nodes: Node[]; stop: Stop } {
    const nodes: Node[] = [];
    while (this.peekNonSpace().kind !== 'eof') {
      const node = this.textOrAction();
      if (isStop(node)) return { nodes, stop: node };
      nodes.push(node);
    }
    this.fail('unexpected EOF', this.peek().line);
  }

  private textOrAction(): Node | Stop {
    const item = this.nextNonSpace();
    if (item.kind === 'text') return { kind: 'text', text: item.text, position: item.position };
    if (item.kind !== 'left delim') this.unexpected(item, 'input');
    this.actionLine = item.line;
    const node = this.action();
    this.actionLine = 0;
    return node;
  }

  private action(): Node | Stop {
    const item = this.peekNonSpace();
    const { position } = item;
    if (item.kind !== 'keyword') return { kind: 'action', position, pipe: this.pipeline('command', 'right delim') };
    this.at++;
    switch (item.text) {
      case 'if': case 'range': case 'with': return this.branch(item.text, position);
      case 'break': case 'continue': return this.loopControl(item.text, position);
      case 'template': return this.call();
      case 'block': return this.block();
      case 'end': this.expect('right delim', 'end'); return { kind: 'end' };
      case 'else': return this.elseControl();
      default: return this.unexpected(item, 'command');
    }
  }

  private elseControl(): Stop {
    if (!this.isKeyword(this.peekNonSpace(), 'if', 'with')) this.expect('right delim', 'else');
    return { kind: 'else' };
  }

  private loopControl(kind: 'break' | 'continue', position: number): Node {
    const item = this.nextNonSpace();
    if (item.kind !== 'right delim') this.unexpected(item, `{{${kind}}}`);
    if (!this.rangeDepth) this.fail(`{{${kind}}} outside {{range}}`);
    return { kind, position };
  }

  private branch(kind: Branch['kind'], position: number): Branch {
    return this.scope(() => {
      const pipe = this.pipeline(kind, 'right delim');
      if (kind === 'range') this.rangeDepth++;
      const { nodes, stop } = this.list();
      if (kind === 'range') this.rangeDepth--;
      const branch: Branch = { kind, position: pipe.position, pipe, then: nodes };
      if (stop.kind === 'else') branch.otherwise = this.otherwise(kind, position);
      return branch;
    });
  }

  private otherwise(kind: Branch['kind'], position: number): Node[] {
    if (kind !== 'range' && this.isKeyword(this.peek(), kind)) {
      this.at++;
      return [this.branch(kind, position)];
    }
    const { nodes, stop } = this.list();
    if (stop.kind !== 'end') this.fail('expected end; found {{else}}');
    return nodes;
  }

  private templateName(context: string): string {
    const item = this.nextNonSpace();
    return item.kind === 'string' ? unquoteGo(item.text) : this.unexpected(item, context);
  }

  private call(): Node {
    const { position } = this.peekNonSpace();
    const name = this.templateName('template clause');
    if (this.peekNonSpace().kind === 'right delim') {
      this.at++;
      return { kind: 'template', position, name };
    }
    return { kind: 'template', position, name, pipe: this.pipeline('template clause', 'right delim') };
  }

  private block(): Node {
    const { position } = this.peekNonSpace();
    const name = this.templateName('block clause');
    const pipe = this.pipeline('block clause', 'right delim');
    this.scope(() => {
      const { nodes, stop } = this.list();
      if (stop.kind !== 'end') this.fail(`unexpected {{${stop.kind}}} in block clause`);
      this.definitions.set(name, nodes);
    }, ['$']);
    return { kind: 'template', position, name, pipe };
  }

  private pipeline(context: string, end: ItemKind): Pipe {
    const { position } = this.peekNonSpace();
    const pipe: Pipe = { kind: 'pipe', position, variables: [], assigns: false, commands: [] };
    this.declarations(pipe, context);
    for (;;) {
      const item = this.nextNonSpace();
      if (item.kind === end) break;
      if (!operandKinds.has(item.kind)) this.unexpected(item, context);
      this.at--;
      pipe.commands.push(this.command());
    }
    this.checkPipeline(pipe, context);
    return pipe;
  }

  private checkPipeline({ commands }: Pipe, context: string): void {
    if (!commands.length) this.fail(`missing value for ${context}`);
    const stage = commands.slice(1).findIndex(({ operands }) => ['bool', 'dot', 'nil', 'number', 'string'].includes(operands[0]!.kind));
    if (stage >= 0) this.fail(`non executable command in pipeline stage ${stage + 2}`);
  }

  private declarations(pipe: Pipe, context: string): void {
    for (;;) {
      const variable = this.peekNonSpace();
      if (variable.kind !== 'variable') return;
      const start = this.at++;
      const next = this.peekNonSpace();
      const isList = next.kind === 'other' && next.text === ',';
      if (next.kind !== 'assign' && next.kind !== 'declare' && !isList) {
        this.at = start;
        return;
      }
      this.at++;
      pipe.variables.push(variable.text);
      this.variables.push(variable.text);
      if (!isList) {
        pipe.assigns = next.kind === 'assign';
        return;
      }
      if (context !== 'range' || pipe.variables.length > 1) this.fail(`too many declarations in ${context}`);
      if (!['variable', 'right delim', ')'].includes(this.peekNonSpace().kind)) this.fail('range can only initialize variables');
    }
  }

  private command(): Command {
    const command: Command = { kind: 'command', position: this.peekNonSpace().position, operands: [] };
    for (;;) {
      this.skipSpace();
      const operand = this.operand();
      if (operand) command.operands.push(operand);
      const item = this.next();
      if (item.kind === 'space') continue;
      if (item.kind === 'right delim' || item.kind === ')') this.at--;
      else if (item.kind !== 'pipe') this.unexpected(item, 'operand');
      break;
    }
    if (!command.operands.length) this.fail('empty command');
    return command;
  }

  private operand(): Operand | undefined {
    const operand = this.term();
    if (!operand || this.peek().kind !== 'field') return operand;
    const { position } = this.peek();
    const names: string[] = [];
    while (this.peek().kind === 'field') names.push(this.next().text.slice(1));
    if (operand.kind === 'field' || operand.kind === 'variable') return { ...operand, position, names: [...operand.names, ...names] };
    if (['bool', 'string', 'number', 'nil', 'dot'].includes(operand.kind)) this.fail(`unexpected . after term ${quote(show(operand))}`);
    return { kind: 'chain', position, operand, names };
  }

  private term(): Operand | undefined {
    const item = this.nextNonSpace();
    const { position, text } = item;
    switch (item.kind) {
      case 'identifier':
        if (!this.functions.has(text)) this.fail(`function ${quote(text)} not defined`, item.line);
        return { kind: 'identifier', position, name: text };
      case 'dot': return { kind: 'dot', position };
      case 'nil': return { kind: 'nil', position };
      case 'bool': return { kind: 'bool', position, value: text === 'true' };
      case 'field': return { kind: 'field', position, names: [text.slice(1)] };
      case 'variable':
        if (!this.variables.includes(text)) this.fail(`undefined variable ${quote(text)}`, item.line);
        return { kind: 'variable', position, names: [text] };
      case 'number': case 'char': return { kind: 'number', position, text, value: this.numberValue(item) };
      case 'string': return { kind: 'string', position, text, value: this.stringValue(item) };
      case '(': return this.pipeline('parenthesized pipeline', ')');
      default: this.at--;
    }
    return undefined;
  }

  private stringValue(item: Item): string {
    try {
      return unquoteGo(item.text);
    } catch (error) {
      return this.fail((error as Error).message, item.line);
    }
  }

  private numberValue({ kind, text, line }: Item): unknown {
    if (kind === 'char') {
      const [char, ...rest] = [...this.stringValue({ kind, text, line, position: 0 })];
      if (char === undefined || rest.length) this.fail(`malformed character constant: ${text}`, line);
      return new Int(char.codePointAt(0)!);
    }
    const digits = text.replaceAll('_', '').replace(/^\+/, '');
    if (/^-?[1-9]\d{15,}$/.test(digits) && typeof exactInteger(BigInt(digits)) === 'bigint') return BigInt(digits);
    const octal = /^(-?)0([0-7]+)$/.exec(digits);
    const value = octal ? Number(`${octal[1]}${parseInt(octal[2]!, 8)}`) : /^-0[xXoObB]/.test(digits) ? -Number(digits.slice(1)) : Number(digits);
    if (Number.isNaN(value) || digits === '') this.fail(`illegal number syntax: ${quote(text)}`, line);
    return /[.eE]/.test(digits) && !/^-?0[xX]/.test(digits) ? new Float(value) : new Int(value);
  }
}

const isStop = (node: Node | Stop): node is Stop => node.kind === 'end' || node.kind === 'else';

const unquoteGo = (text: string) => (text.startsWith('`') ? text.slice(1, -1).replaceAll('\r', '') : unquote(text));

function showItem({ kind, text }: Item): string {
  if (kind === 'eof') return 'EOF';
  if (kind === 'keyword' || kind === 'dot' || kind === 'nil') return `<${text}>`;
  return text.length > 10 ? `${quote(text.slice(0, 10))}...` : quote(text);
}
