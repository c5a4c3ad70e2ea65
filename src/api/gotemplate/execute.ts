import { basicKind, Int } from '../go/compare';
import { display, typeName } from '../go/printf';
import { quote } from '../go/quote';
import { functions, type TemplateFunction } from './functions';
import { show, type AnyNode, type Branch, type Command, type Node, type Operand, type Pipe } from './nodes';
import type { Template } from './parse';
import { bare, boxed, isMap, isTrue, none, typeOf, unboxed, type Value } from './value';

/** An execution that fails. `output` is what had been written. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';

  constructor(message: string, readonly output: string) {
    super(message);
  }
}

type Control = 'break' | 'continue' | undefined;

const maxDepth = 1000;

/** The output of a run over `data`. Throws TemplateError. Source: text/template/exec.go. */
export function execute(template: Template, data: unknown, allowMissingKeys: boolean): string {
  const run = new Execution(template, allowMissingKeys);
  run.template(template.name, bare(data), 0);
  return run.output;
}

class Execution {
  output = '';
  private name: string;
  private node: AnyNode | undefined;
  private variables: { name: string; value: Value }[] = [];
  private depth = 0;

  constructor(private readonly source: Template, private readonly allowMissingKeys: boolean) {
    this.name = source.name;
  }

  template(name: string, dot: Value, depth: number): void {
    const nodes = this.source.definitions.get(name);
    if (!nodes) this.fail(`template ${quote(name)} not defined`);
    if (depth > maxDepth) this.fail(`exceeded maximum template depth (${maxDepth})`);
    const outer = { name: this.name, variables: this.variables, depth: this.depth };
    Object.assign(this, { name, variables: [{ name: '$', value: dot }], depth });
    this.list(nodes, dot);
    Object.assign(this, outer);
  }

  private fail(message: string): never {
    const { node, source } = this;
    if (!node) throw new TemplateError(`template: ${this.name}: ${message}`, this.output);
    const before = source.text.slice(0, node.position);
    const lines = before.split('\n');
    const column = Buffer.byteLength(lines.at(-1)!);
    throw new TemplateError(`template: ${source.name}:${lines.length}:${column}: executing ${quote(this.name)} at <${show(node)}>: ${message}`, this.output);
  }

  private list(nodes: Node[], dot: Value): Control {
    for (const node of nodes) {
      const control = this.walk(node, dot);
      if (control) return control;
    }
    return undefined;
  }

  private scoped(body: () => Control): Control {
    const mark = this.variables.length;
    const control = body();
    this.variables.length = mark;
    return control;
  }

  private walk(node: Node, dot: Value): Control {
    this.node = node;
    switch (node.kind) {
      case 'text': this.output += node.text; return undefined;
      case 'action': this.action(node.pipe, dot, node); return undefined;
      case 'template': {
        const argument = node.pipe ? this.pipeline(node.pipe, dot) : none;
        this.node = node;
        this.template(node.name, argument, this.depth + 1);
        return undefined;
      }
      case 'break': case 'continue': return node.kind;
      case 'range': return this.scoped(() => this.range(node, dot));
      default: return this.scoped(() => this.branch(node, dot));
    }
  }

  private action(pipe: Pipe, dot: Value, node: Node): void {
    const value = this.pipeline(pipe, dot);
    if (pipe.variables.length) return;
    this.node = node;
    this.output += value.data === undefined ? '<no value>' : display(value.data);
  }

  private branch({ kind, pipe, then, otherwise }: Branch, dot: Value): Control {
    const value = this.pipeline(pipe, dot);
    if (isTrue(value)) return this.list(then, kind === 'with' ? value : dot);
    return otherwise ? this.list(otherwise, dot) : undefined;
  }

  private range({ pipe, then, otherwise }: Branch, dot: Value): Control {
    const items = this.items(this.pipeline(pipe, dot), pipe);
    if (!items.length) return otherwise ? this.list(otherwise, dot) : undefined;
    const mark = this.variables.length;
    for (const { key, value } of items) {
      this.assignIteration(pipe, key, value);
      const control = this.list(then, value);
      this.variables.length = mark;
      if (control === 'break') break;
    }
    return undefined;
  }

  /** One variable gets the element, two get key and element. */
  private assignIteration({ variables, assigns }: Pipe, key: Value, value: Value): void {
    const values = variables.length > 1 ? [key, value] : [value];
    for (const [i, name] of variables.entries()) {
      if (assigns) this.setVariable(name, values[i]!);
      else this.variables[this.variables.length - variables.length + i]!.value = values[i]!;
    }
  }

  private items({ data }: Value, { variables }: Pipe): { key: Value; value: Value }[] {
    if (data === undefined || data === null) return [];
    if (Array.isArray(data)) return data.map((item, i) => ({ key: bare(new Int(i)), value: boxed(item) }));
    if (isMap(data)) return Object.keys(data).sort().map((key) => ({ key: bare(key), value: boxed(data[key]) }));
    if (basicKind(data) === 'int') {
      if (variables.length > 1) this.fail(`can't use ${display(data)} to iterate over more than one variable`);
      return Array.from({ length: Math.max(data instanceof Int ? data.value : Number(data), 0) }, (_, i) => ({ key: none, value: bare(new Int(i)) }));
    }
    this.fail(`range can't iterate over ${display(data)}`);
  }

  private setVariable(name: string, value: Value): void {
    const variable = this.variables.findLast((candidate) => candidate.name === name);
    if (!variable) this.fail(`undefined variable: ${name}`);
    variable.value = value;
  }

  private pipeline(pipe: Pipe, dot: Value): Value {
    this.node = pipe;
    let value: Value | undefined;
    for (const command of pipe.commands) value = unboxed(this.command(command, dot, value));
    for (const name of pipe.variables) {
      if (pipe.assigns) this.setVariable(name, value!);
      else this.variables.push({ name, value: value! });
    }
    return value!;
  }

  private command(command: Command, dot: Value, final: Value | undefined): Value {
    const { operands } = command;
    const [first] = operands as [Operand, ...Operand[]];
    const hasArguments = operands.length > 1 || final !== undefined;
    if (first.kind === 'identifier') return this.call(first.name, first, command, operands.slice(1), dot, final);
    if (first.kind === 'field' || first.kind === 'variable' || first.kind === 'chain') return this.operand(first, dot, hasArguments);
    if (first.kind !== 'pipe') this.node = first;
    if (hasArguments) this.fail(`can't give argument to non-function ${show(first)}`);
    if (first.kind === 'nil') this.fail('nil is not a command');
    return this.operand(first, dot, false);
  }

  private operand(node: Operand, dot: Value, hasArguments: boolean): Value {
    if (node.kind !== 'pipe') this.node = node;
    switch (node.kind) {
      case 'dot': return dot;
      case 'nil': return none;
      case 'bool': case 'number': case 'string': return bare(node.value);
      case 'field': return this.fields(dot, node.names, hasArguments);
      case 'variable': return this.variable(node, hasArguments);
      case 'identifier': return this.call(node.name, node, node, [], dot, undefined);
      case 'pipe': return this.pipeline(node, dot);
      case 'chain': return this.chain(node, dot, hasArguments);
    }
  }

  private chain(node: Extract<Operand, { kind: 'chain' }>, dot: Value, hasArguments: boolean): Value {
    if (node.operand.kind === 'nil') this.fail(`indirection through explicit nil in ${show(node)}`);
    return this.fields(this.operand(node.operand, dot, false), node.names, hasArguments);
  }

  private variable({ names: [name, ...fields] }: Extract<Operand, { kind: 'variable' }>, hasArguments: boolean): Value {
    const { value } = this.variables.findLast((variable) => variable.name === name)!;
    if (fields.length) return this.fields(value, fields, hasArguments);
    if (hasArguments) this.fail(`can't give argument to non-function ${name}`);
    return value;
  }

  private fields(receiver: Value, names: string[], hasArguments: boolean): Value {
    return names.reduce((value, name, i) => this.field(value, name, hasArguments && i === names.length - 1), receiver);
  }

  private field(receiver: Value, name: string, hasArguments: boolean): Value {
    const { data } = receiver;
    if (data === undefined) {
      if (!this.allowMissingKeys) this.fail(`nil data; no entry for key ${quote(name)}`);
      return none;
    }
    if (data === null) this.fail(`nil pointer evaluating ${typeOf(receiver)}.${name}`);
    if (!isMap(data)) this.fail(`can't evaluate field ${name} in type ${typeOf(receiver)}`);
    if (hasArguments) this.fail(`${name} is not a method but has arguments`);
    if (Object.hasOwn(data, name)) return boxed(data[name]);
    if (!this.allowMissingKeys) this.fail(`map has no entry for key ${quote(name)}`);
    return none;
  }

  /** `whole`: the node to be named when the function fails. */
  private call(name: string, node: Operand, whole: AnyNode, operands: Operand[], dot: Value, final: Value | undefined): Value {
    this.node = node;
    const fn = functions[name]!;
    const count = operands.length + (final ? 1 : 0);
    if (fn.variadic ? count < fn.min : count !== fn.min) {
      this.fail(`wrong number of args for ${name}: want ${fn.variadic ? 'at least ' : ''}${fn.min} got ${count}`);
    }
    if (name === 'and' || name === 'or') return this.shortCircuit(name === 'or', operands, dot, final);
    const args = operands.map((operand, i) => this.argument(fn, operand, i, dot));
    if (final) args.push(this.checkArgument(fn, final, args.length));
    if (name === 'call') this.failCall(whole, operands[0], args[0]!);
    return this.apply(name, fn, args, whole);
  }

  private failCall(whole: AnyNode, operand: Operand | undefined, { data }: Value): never {
    this.node = whole;
    this.fail(`error calling call: ${data === undefined || data === null ? 'call of nil' : `non-function ${operand ? show(operand) : display(data)} of type ${typeName(data)}`}`);
  }

  private apply(name: string, fn: TemplateFunction, args: Value[], whole: AnyNode): Value {
    if (name === 'not') return bare(!isTrue(args[0]!));
    try {
      return bare(fn.call(...args.map(({ data }) => data)));
    } catch (error) {
      this.node = whole;
      this.fail(`error calling ${name}: ${(error as Error).message}`);
    }
  }

  /** The first argument that decides, or the last. */
  private shortCircuit(wanted: boolean, operands: Operand[], dot: Value, final: Value | undefined): Value {
    let value: Value | undefined;
    for (const operand of operands) {
      value = this.operand(operand, dot, false);
      if (isTrue(value) === wanted) return value;
    }
    return final ?? value!;
  }

  private argument(fn: TemplateFunction, operand: Operand, position: number, dot: Value): Value {
    const wantsString = fn.takesString && position === 0;
    if (wantsString && (operand.kind === 'number' || operand.kind === 'bool')) {
      this.node = operand;
      this.fail(`expected string; found ${show(operand)}`);
    }
    if (wantsString && operand.kind === 'nil') {
      this.node = operand;
      this.fail('cannot assign nil to string');
    }
    return this.checkArgument(fn, this.operand(operand, dot, false), position);
  }

  private checkArgument(fn: TemplateFunction, value: Value, position: number): Value {
    if (!fn.takesString || position > 0 || typeof value.data === 'string') return value;
    if (value.data === undefined) this.fail('invalid value; expected string');
    if (value.data === null) this.fail('wrong type for value; expected string; got interface {}');
    this.fail(`wrong type for value; expected string; got ${typeName(value.data)}`);
  }
}
