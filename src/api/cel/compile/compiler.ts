import type { Call, Comprehension, Expression, Identifier, ListLiteral, Literal, MapLiteral, OptionalMap, Select } from '../syntax/ast';
import type { Issue } from '../syntax/issues';
import { isDyn, isOptional, listOf, mapOf, optionalOf, parameter, types, typeText, unwrapped, type Type } from '../types';
import { ArrayList, EntryMap, Mapping, noSuchOverload, Optional, type Value } from '../values/value';
import { noSuchKey } from '../functions/operators';
import type { Checking, Compiled } from './compiled';
import { compileComprehension } from './comprehension';
import type { Run } from './frame';
import { literalType } from './literals';
import { literalProblem } from './literal-arguments';
import { conditional, logicalOperator } from './logic';
import { callOf, functionNamed, resolveOverload } from './overloads';
import type { Scope } from './scope';
import { moreGeneral, Substitution } from './substitution';
import { typeNamed } from './type-names';

const nothing: Run = () => {
  throw noSuchOverload();
};

const failed: Compiled = { type: types.error, run: nothing };

const listCost = 10;
const mapCost = 30;

/** Checks and plans in one walk. Source of rules and wording: cel-go's checker/checker.go. */
export class Compiler implements Checking {
  readonly issues: Issue[] = [];
  readonly substitution = new Substitution();
  readonly #types = new Map<Expression, Type>();
  #fresh = 0;

  compile(expression: Expression, scope: Scope): Compiled {
    const compiled = this.#compile(expression, scope);
    this.#types.set(expression, compiled.type);
    return compiled;
  }

  /** Of what was compiled, in the end; undefined for what is but a part of a name. */
  typeOf = (expression: Expression): Type | undefined => {
    const type = this.#types.get(expression);
    return type && this.substitution.apply(type, true);
  };

  #compile(expression: Expression, scope: Scope): Compiled {
    switch (expression.kind) {
      case 'literal': return this.#literal(expression);
      case 'identifier': return this.#identifier(expression, scope);
      case 'select': return this.#select(expression, scope);
      case 'call': return this.#call(expression, scope);
      case 'list': return this.#list(expression, scope);
      case 'map': return this.#map(expression, scope);
      case 'struct': return this.refuse(expression.at, `undeclared reference to '${expression.name}' (in container '')`);
      case 'comprehension': return compileComprehension(this, expression satisfies Comprehension, scope);
      case 'optionalMap': return this.#optionalMap(expression, scope);
    }
  }

  refuse(at: number, message: string): Compiled {
    this.issues.push({ at, message });
    return failed;
  }

  freshName = (): string => `_var${this.#fresh++}`;

  known(type: Type): Type {
    return this.substitution.apply(type, false);
  }

  noMatch(at: number, name: string, args: readonly Type[], isMember: boolean): Compiled {
    const shown = args.map((type) => typeText(this.substitution.apply(type, true)));
    const applied = isMember ? `${shown[0]}.(${shown.slice(1).join(', ')})` : `(${shown.join(', ')})`;
    return this.refuse(at, `found no matching overload for '${name}' applied to '${applied}'`);
  }

  #literal({ value }: Literal): Compiled {
    return { type: literalType(value), run: () => value };
  }

  #identifier({ name, at }: Identifier, scope: Scope): Compiled {
    const variable = this.#variable(name, scope);
    return variable ?? this.refuse(at, `undeclared reference to '${name}' (in container '')`);
  }

  #variable(name: string, scope: Scope): Compiled | undefined {
    const found = scope.find(name);
    if (found) {
      const { type, slot } = found;
      return { type, run: slot === undefined ? readGlobal(name.replace(/^\./, '')) : readLocal(slot) };
    }
    const named = typeNamed(name);
    return named && { type: named.type, run: () => named.value };
  }

  #select(select: Select, scope: Scope): Compiled {
    const qualified = select.isTest ? undefined : qualifiedName(select);
    const variable = qualified === undefined ? undefined : this.#variable(qualified, scope);
    if (variable) return variable;
    const operand = this.compile(select.operand, scope);
    const operandType = this.known(operand.type);
    const type = this.#fieldType(unwrapped(operandType), select);
    const { field, isTest, isOptional: asksOptionally } = select;
    if (isTest) return { type: types.bool, run: hasField(operand.run, field) };
    const isMaybe = isOptional(operandType) || asksOptionally === true;
    return { type: isMaybe ? optionalOf(type) : type, run: readField(operand.run, field, asksOptionally === true) };
  }

  #fieldType(type: Type, { field, at }: Select): Type {
    if (type.kind === 'map') return type.value;
    if (type.kind === 'object') return type.field(field) ?? this.refuse(at, `undefined field '${field}'`).type;
    if (type.kind === 'parameter') this.substitution.assignable(types.dyn, type);
    else if (!isDyn(type)) this.refuse(at, `type '${typeText(type)}' does not support field selection`);
    return types.dyn;
  }

  #call(call: Call, scope: Scope): Compiled {
    const args = call.args.map((arg) => this.compile(arg, scope));
    const problem = literalProblem(call);
    if (problem) return this.refuse(problem.at, problem.message);
    if (call.name === '_?_:_') return this.#conditional(call, args);
    if (call.name === '_&&_' || call.name === '_||_') return this.#logical(call, args);
    const namespaced = call.target && qualifiedName(call.target);
    const named = namespaced === undefined ? undefined : functionNamed(`${namespaced}.${call.name}`);
    if (named) return this.#resolved(`${namespaced}.${call.name}`, named, args, false, call.at);
    return this.#plainCall(call, args, scope);
  }

  #plainCall({ name, target, at }: Call, args: Compiled[], scope: Scope): Compiled {
    const overloads = functionNamed(name.replace(/^\./, ''));
    const all = target ? [this.compile(target, scope), ...args] : args;
    if (!overloads) return this.refuse(at, `undeclared reference to '${name}' (in container '')`);
    return this.#resolved(name, overloads, all, target !== undefined, at);
  }

  #resolved(name: string, overloads: NonNullable<ReturnType<typeof functionNamed>>, args: readonly Compiled[], isMember: boolean, at: number): Compiled {
    const argTypes = args.map(({ type }) => type);
    const resolution = resolveOverload(overloads, argTypes, isMember, this.substitution, this.freshName);
    if (!resolution) return this.noMatch(at, name, argTypes, isMember);
    return { type: resolution.result, run: callOf(name, resolution.overloads, args.map(({ run }) => run)) };
  }

  #logical({ name, at }: Call, [left, right]: Compiled[]): Compiled {
    const argTypes = [left!.type, right!.type];
    if (!this.substitution.allAssignable(argTypes, [types.bool, types.bool])) return this.noMatch(at, name, argTypes, false);
    return { type: types.bool, run: logicalOperator(name === '_&&_', left!.run, right!.run) };
  }

  #conditional({ at }: Call, args: Compiled[]): Compiled {
    const [condition, then, otherwise] = args as [Compiled, Compiled, Compiled];
    const argTypes = args.map(({ type }) => type);
    const either = parameter(this.freshName());
    if (!this.substitution.allAssignable(argTypes, [types.bool, either, either])) return this.noMatch(at, '_?_:_', argTypes, false);
    return { type: this.known(either), run: conditional(condition.run, then.run, otherwise.run) };
  }

  #list({ elements }: ListLiteral, scope: Scope): Compiled {
    const compiled = elements.map(({ value, isOptional: maybe }) => ({ ...this.#element(value, maybe, scope), maybe, at: value.at }));
    const type = this.#joined(compiled.map((element) => ({ type: element.inner, at: element.at })));
    return {
      type: listOf(type),
      run: (frame) => {
        const items = compiled.flatMap(({ run, maybe }) => spread(run(frame), maybe));
        frame.meter.spend(listCost);
        return new ArrayList(items);
      },
    };
  }

  #element(value: Expression, maybe: boolean, scope: Scope): Compiled & { inner: Type } {
    const compiled = this.compile(value, scope);
    const type = this.known(compiled.type);
    if (maybe && !isOptional(type) && !isDyn(type)) this.#mismatch(value.at, optionalOf(type), type);
    return { ...compiled, inner: maybe ? unwrapped(type) : compiled.type };
  }

  #map({ entries }: MapLiteral, scope: Scope): Compiled {
    const compiled = entries.map(({ key, value, isOptional: maybe }) =>
      ({ key: this.compile(key, scope), keyAt: key.at, value: this.#element(value, maybe, scope), valueAt: value.at, maybe }));
    const keyType = this.#joined(compiled.map(({ key, keyAt }) => ({ type: key.type, at: keyAt })));
    const valueType = this.#joined(compiled.map(({ value, valueAt }) => ({ type: value.inner, at: valueAt })));
    return {
      type: mapOf(keyType, valueType),
      run: (frame) => {
        const made = compiled.flatMap(({ key, value, maybe }) => {
          const at = key.run(frame);
          return spread(value.run(frame), maybe).map((of): [Value, Value] => [at, of]);
        });
        frame.meter.spend(mapCost);
        return new EntryMap(made);
      },
    };
  }

  /** The one type of all members of a literal; whatever one likes for none. */
  #joined(members: readonly { type: Type; at: number }[]): Type {
    let joined: Type | undefined;
    for (const { type, at } of members) {
      if (joined === undefined) joined = type;
      else if (this.substitution.assignable(joined, type)) joined = moreGeneral(this.known(joined), this.known(type));
      else {
        this.#mismatch(at, joined, type);
        joined = types.error;
      }
    }
    return joined ?? parameter(this.freshName());
  }

  #mismatch(at: number, expected: Type, found: Type): void {
    this.refuse(at, `expected type '${typeText(this.known(expected))}' but found '${typeText(this.known(found))}'`);
  }

  /** `a.optMap(x, f)` is `a.hasValue() ? optional.of(f) : optional.none()`. */
  #optionalMap({ target, variable, body, isFlat, at }: OptionalMap, scope: Scope): Compiled {
    const from = this.compile(target, scope);
    const inner = parameter(this.freshName());
    if (!this.substitution.assignable(from.type, optionalOf(inner))) return this.noMatch(at, 'hasValue', [from.type], true);
    const { scope: within, slot } = scope.with(variable, this.known(inner));
    const made = this.compile(body, within);
    return {
      type: isFlat ? made.type : optionalOf(made.type),
      run: (frame) => {
        const optional = from.run(frame);
        if (!(optional instanceof Optional)) throw noSuchOverload();
        if (optional.value === undefined) return Optional.none;
        frame.locals[slot] = optional.value;
        const value = made.run(frame);
        return isFlat ? value : new Optional(value);
      },
    };
  }
}

const spread = (value: Value, maybe: boolean): Value[] => {
  if (!maybe) return [value];
  if (!(value instanceof Optional)) throw noSuchOverload();
  return value.value === undefined ? [] : [value.value];
};

const readLocal = (slot: number): Run => ({ locals, meter }) => {
  meter.spend(1);
  return locals[slot]!;
};

const readGlobal = (name: string): Run => ({ activation, meter }) => {
  meter.spend(1);
  return activation(name);
};

function readField(operand: Run, field: string, asksOptionally: boolean): Run {
  return (frame) => {
    const value = operand(frame);
    frame.meter.spend(1);
    if (value instanceof Optional) return value.value === undefined ? Optional.none : found(value.value, field);
    if (asksOptionally) return found(value, field);
    const member = memberOf(value, field);
    if (member === undefined) throw noSuchKey(field);
    return member;
  };
}

function found(value: Value, field: string): Optional {
  const member = memberOf(value, field);
  return member === undefined ? Optional.none : new Optional(member);
}

const hasField = (operand: Run, field: string): Run => (frame) => {
  const value = operand(frame);
  const of = value instanceof Optional ? value.value : value;
  return of !== undefined && memberOf(of, field) !== undefined;
};

/** What has no members has none of this name. Source: refQualify in cel-go's interpreter. */
const memberOf = (value: Value, field: string): Value | undefined => (value instanceof Mapping ? value.get(field) : undefined);

/** `a.b.c`, when it is nothing but names. */
function qualifiedName(expression: Expression): string | undefined {
  if (expression.kind === 'identifier') return expression.name;
  if (expression.kind !== 'select' || expression.isTest || expression.isOptional) return undefined;
  const owner = qualifiedName(expression.operand);
  return owner === undefined ? undefined : `${owner}.${expression.field}`;
}
