import { typeName } from '../values/names';
import { CelError, Duration, List, Mapping, noSuchOverload, Optional, Opaque, Timestamp, TypeValue, Unsigned, type Value } from '../values/value';
import { functionNamed } from '../functions';
import { noSuchKey } from '../functions/operators';
import type { Overload } from '../functions/row';
import { optionalName, parameter, types, type Type } from '../types';
import type { Frame, Run } from './frame';
import { Substitution } from './substitution';

export interface Resolution {
  readonly overloads: readonly Overload[];
  readonly result: Type;
}

/**
 * The forms of a function that fit arguments of these types, and what they give: dyn where that depends on the
 * arguments' values. Undefined when none fits. Source: resolveOverload.
 */
export function resolveOverload(overloads: readonly Overload[], args: readonly Type[], isMember: boolean, substitution: Substitution, fresh: () => string): Resolution | undefined {
  const fitting: Overload[] = [];
  let result: Type | undefined;
  for (const overload of overloads) {
    if (overload.isMember !== isMember) continue;
    const instance = instantiate(overload, fresh);
    if (!substitution.allAssignable(args, instance.parameters)) continue;
    fitting.push(overload);
    const given = substitution.apply(instance.result, false);
    result = result === undefined || same(result, given) ? given : types.dyn;
  }
  return result && { overloads: fitting, result };
}

const same = (a: Type, b: Type) => JSON.stringify(a) === JSON.stringify(b);

/** The parameters of one use of a function are its own. */
function instantiate({ parameters, result }: Overload, fresh: () => string): { parameters: readonly Type[]; result: Type } {
  const names = new Substitution();
  for (const name of new Set([...parameters, result].flatMap(parameterNames))) names.set(name, parameter(fresh()));
  return { parameters: parameters.map((type) => names.apply(type, false)), result: names.apply(result, false) };
}

function parameterNames(type: Type): string[] {
  if (type.kind === 'parameter') return [type.name];
  if (type.kind === 'list') return parameterNames(type.element);
  if (type.kind === 'map') return [...parameterNames(type.key), ...parameterNames(type.value)];
  if (type.kind === 'type') return type.of ? parameterNames(type.of) : [];
  return type.kind === 'opaque' ? type.parameters.flatMap(parameterNames) : [];
}

/** Evaluates the arguments and calls the first form that takes their values. */
export function callOf(name: string, overloads: readonly Overload[], args: readonly Run[]): Run {
  return (frame) => {
    const values = args.map((arg) => arg(frame));
    return invoke(name, overloads, values, frame);
  };
}

function invoke(name: string, overloads: readonly Overload[], values: readonly Value[], { meter }: Frame): Value {
  const overload = overloads.find(({ parameters }) => parameters.every((type, at) => accepts(type, values[at]!)));
  if (!overload) throw noOverload(name, values);
  const result = overload.run(values);
  meter.spend(overload.cost?.(values, result) ?? 1);
  return result;
}

function noOverload(name: string, values: readonly Value[]): CelError {
  if (name === '_[_]') return noMember(values[0]!, values[1]!);
  return /^\w/.test(name) && !name.startsWith('_') ? new CelError(`no such overload: ${name}(${values.map(typeName).join(', ')})`) : noSuchOverload();
}

/** What has no members lacks this one, too. */
const noMember = (of: Value, key: Value): CelError =>
  (of instanceof List ? new CelError(`unsupported index type '${typeName(key)}' in list`) : noSuchKey(key));

/** Whether a value is of a type, without looking into it. */
function accepts(type: Type, value: Value): boolean {
  switch (type.kind) {
    case 'int': return typeof value === 'bigint';
    case 'double': return typeof value === 'number';
    case 'string': return typeof value === 'string';
    case 'bool': return typeof value === 'boolean';
    case 'null': return value === null;
    case 'uint': return value instanceof Unsigned;
    case 'bytes': return value instanceof Uint8Array;
    case 'timestamp': return value instanceof Timestamp;
    case 'duration': return value instanceof Duration;
    case 'type': return value instanceof TypeValue;
    case 'list': return value instanceof List;
    case 'map':
    case 'object': return value instanceof Mapping;
    case 'opaque': return type.name === optionalName ? value instanceof Optional : value instanceof Opaque && value.typeName === type.name;
    default: return true;
  }
}

export { functionNamed };
