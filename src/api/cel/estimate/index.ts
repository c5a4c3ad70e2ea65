import type { Call, Comprehension, ComprehensionMacro, Expression, Identifier, Literal, OptionalMap, Select } from '../syntax/ast';
import type { Type } from '../types';
import { callEstimate, sizeOf, type Estimate } from './calls';
import { times, type Extent } from './extent';

export { times, type Extent } from './extent';

/** What a macro's beginning, its end and each of its steps cost beside the expressions in it. */
interface LoopCosts {
  readonly around: number;
  readonly step: number;
}

const macros: Readonly<Record<ComprehensionMacro, LoopCosts>> = {
  all: { around: 1, step: 3 }, exists: { around: 1, step: 4 }, exists_one: { around: 2, step: 2 },
  map: { around: 11, step: 12 }, filter: { around: 11, step: 13 }, transformList: { around: 11, step: 12 },
  transformMap: { around: 31, step: 3 }, transformMapEntry: { around: 31, step: 2 },
};

const makesContainer = (macro: ComprehensionMacro) => macros[macro].around > 10;

type Locals = ReadonlyMap<string, Extent | undefined>;

/** What an expression may cost at most, Infinity where there is no end to it. Source: cel-go's checker/cost.go. */
export class CostEstimator {
  /** `root`: what there is of the variables. */
  constructor(private readonly typeOf: (expression: Expression) => Type | undefined, private readonly root: Extent) {}

  estimate(expression: Expression, locals: Locals = new Map()): Estimate {
    switch (expression.kind) {
      case 'literal': return this.#literal(expression);
      case 'identifier': return this.#identifier(expression, locals);
      case 'select': return this.#select(expression, locals);
      case 'call': return this.#call(expression, locals);
      case 'list': return this.#made(expression, expression.elements.map(({ value }) => value), 10, expression.elements.length, locals);
      case 'map': return this.#made(expression, expression.entries.flatMap(({ key, value }) => [key, value]), 30, expression.entries.length, locals);
      case 'struct': return this.#made(expression, [], 40, 0, locals);
      case 'comprehension': return this.#comprehension(expression, locals);
      case 'optionalMap': return this.#optionalMap(expression, locals);
    }
  }

  #type(expression: Expression): Type {
    return this.typeOf(expression) ?? { kind: 'dyn' };
  }

  #literal(literal: Literal): Estimate {
    const { value } = literal;
    const size = typeof value === 'string' ? [...value].length : value instanceof Uint8Array ? value.length : 1;
    return { cost: 0, type: this.#type(literal), size, literal: value };
  }

  #identifier(identifier: Identifier, locals: Locals): Estimate {
    const { name } = identifier;
    return { cost: 1, type: this.#type(identifier), extent: locals.has(name) ? locals.get(name) : this.root };
  }

  #select(select: Select, locals: Locals): Estimate {
    const type = this.#type(select);
    const { operand, field, isTest, isOptional } = select;
    const operandType = this.typeOf(operand);
    // A name with dots is one name.
    if (!operandType) return { cost: 1, type, extent: this.root };
    const { cost, extent } = this.estimate(operand, locals);
    if (isTest) return { cost, type };
    if (isOptional) return { cost: cost + 1, type };
    const isCounted = ['map', 'object', 'parameter'].includes(operandType.kind);
    return { cost: cost + (isCounted ? 1 : 0), type, extent: extent?.fields?.get(field) };
  }

  #call(call: Call, locals: Locals): Estimate {
    const type = this.#type(call);
    const args = call.args.map((arg) => this.estimate(arg, locals));
    if (call.name === '_?_:_') return conditional(args, type);
    if (call.name === '_&&_' || call.name === '_||_') return { cost: sum(args), type };
    const target = call.target && this.typeOf(call.target) ? this.estimate(call.target, locals) : undefined;
    const name = call.target && !target ? `${(call.target as Identifier).name}.${call.name}` : call.name;
    const operands = target ? [target, ...args] : args;
    const extent = name === '_[_]' ? operands[0]!.extent?.element : undefined;
    const { cost, ...result } = name === 'matches' && !target ? { cost: 1 } : callEstimate(name, operands);
    return { cost: sum(operands) + cost, type, extent, ...result };
  }

  #made(expression: Expression, parts: readonly Expression[], base: number, size: number, locals: Locals): Estimate {
    return { cost: base + sum(parts.map((part) => this.estimate(part, locals))), type: this.#type(expression), size };
  }

  #comprehension(comprehension: Comprehension, locals: Locals): Estimate {
    const { macro, variables, body, filter } = comprehension;
    const range = this.estimate(comprehension.range, locals);
    const isMap = range.type.kind === 'map';
    const of: Extent = range.extent ?? { max: 0, element: this.root, key: this.root };
    const first = isMap ? of.key : variables.length > 1 ? { max: 0 } : of.element;
    const inner = new Map([...locals, [variables[0]!, first], ...(variables[1] === undefined ? [] : [[variables[1], of.element] as const])]);
    const each = this.estimate(body, inner);
    const step = macros[macro].step + each.cost + (filter ? this.estimate(filter, inner).cost : 0);
    const size = sizeOf(range);
    const element = macro === 'filter' ? first : { max: sizeOf(each), ...each.extent };
    return {
      cost: range.cost + macros[macro].around + times(size, step), type: this.#type(comprehension),
      ...(makesContainer(macro) && { size, extent: { max: size, ...(element && { element }) } }),
    };
  }

  #optionalMap(map: OptionalMap, locals: Locals): Estimate {
    const target = this.estimate(map.target, locals);
    const body = this.estimate(map.body, new Map([...locals, [map.variable, this.root]]));
    return { cost: 2 * target.cost + body.cost + 4, type: this.#type(map) };
  }
}

const sum = (estimates: readonly Estimate[]): number => estimates.reduce((total, { cost }) => total + cost, 0);

function conditional([condition, then, otherwise]: readonly Estimate[], type: Type): Estimate {
  return { cost: condition!.cost + Math.max(then!.cost, otherwise!.cost), type, size: Math.max(sizeOf(then!), sizeOf(otherwise!)) };
}
