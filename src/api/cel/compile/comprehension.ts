import type { Comprehension, ComprehensionMacro } from '../syntax/ast';
import { isDyn, listOf, mapOf, types, typeText, type Type } from '../types';
import { ArrayList, CelError, EntryMap, List, Mapping, noSuchOverload, type Value } from '../values/value';
import type { Checking, Compiled } from './compiled';
import type { Frame, Run } from './frame';
import { quantified } from './logic';
import type { Scope } from './scope';

/** What a step of each macro costs beside its expressions; that of lists and maps includes what is made anew. */
const stepCosts: Readonly<Record<ComprehensionMacro, number>> = {
  all: 3, exists: 4, exists_one: 2, map: 12, filter: 12, transformList: 12, transformMap: 32, transformMapEntry: 32,
};

/** A comprehension ready to run over the members of its range. */
interface Loop {
  readonly macro: ComprehensionMacro;
  readonly range: Run;
  readonly slots: readonly number[];
  readonly filter: Run | undefined;
  readonly body: Run;
}

interface RangeTypes {
  readonly key: Type;
  readonly value: Type;
  readonly isMap: boolean;
}

/** Source: checkComprehension, and what the macros expand to. */
export function compileComprehension(compiler: Checking, comprehension: Comprehension, scope: Scope): Compiled {
  const { macro, variables, at } = comprehension;
  const range = compiler.compile(comprehension.range, scope);
  const of = rangeTypes(compiler, compiler.known(range.type), comprehension);
  const [first, second] = variables as [string, string | undefined];
  const outer = scope.with(first, second === undefined && !of.isMap ? of.value : of.key);
  const inner = second === undefined ? outer : outer.scope.with(second, of.value);
  const filter = comprehension.filter && compiler.compile(comprehension.filter, inner.scope);
  const body = compiler.compile(comprehension.body, inner.scope);
  const loop: Loop = { macro, range: range.run, slots: second === undefined ? [outer.slot] : [outer.slot, inner.slot], filter: filter?.run, body: body.run };
  const type = resultType(compiler, comprehension, of, filter, body);
  return type ? { type, run: runs(loop) } : compiler.noMatch(at, ...mismatch(comprehension, of, filter, body), false);
}

function rangeTypes(compiler: Checking, type: Type, { range }: Comprehension): RangeTypes {
  if (type.kind === 'list') return { key: types.int, value: type.element, isMap: false };
  if (type.kind === 'map') return { key: type.key, value: type.value, isMap: true };
  if (type.kind === 'parameter') compiler.substitution.assignable(types.dyn, type);
  else if (!isDyn(type)) compiler.refuse(range.at, `expression of type '${typeText(type)}' cannot be range of a comprehension (must be list, map, or dynamic)`);
  return { key: types.dyn, value: types.dyn, isMap: false };
}

/** Undefined when a predicate is none. */
function resultType(compiler: Checking, { macro }: Comprehension, { key, value, isMap }: RangeTypes, filter: Compiled | undefined, body: Compiled): Type | undefined {
  const isPredicate = (of: Compiled) => compiler.substitution.assignable(of.type, types.bool);
  if (filter && !isPredicate(filter)) return undefined;
  switch (macro) {
    case 'all':
    case 'exists':
    case 'exists_one': return isPredicate(body) ? types.bool : undefined;
    case 'filter': return isPredicate(body) ? listOf(isMap ? key : value) : undefined;
    case 'map':
    case 'transformList': return listOf(body.type);
    case 'transformMap': return mapOf(key, body.type);
    case 'transformMapEntry': return entryType(compiler.known(body.type));
  }
}

const entryType = (type: Type): Type | undefined => (type.kind === 'map' ? type : isDyn(type) ? mapOf(types.dyn, types.dyn) : undefined);

/** The function that the expansion would have applied, and to what. */
function mismatch({ macro }: Comprehension, { key, value, isMap }: RangeTypes, filter: Compiled | undefined, body: Compiled): [string, Type[]] {
  const [predicate, made] = filter ? [filter.type, body.type] : [body.type, isMap ? key : value];
  if (macro === 'all') return ['_&&_', [types.bool, body.type]];
  if (macro === 'exists') return ['_||_', [types.bool, body.type]];
  if (macro === 'transformMapEntry') return ['cel.@mapInsert', [mapOf(types.dyn, types.dyn), body.type]];
  return ['_?_:_', macro === 'exists_one' ? [predicate, types.int, types.int] : [predicate, listOf(made), listOf(made)]];
}

/** The members of what a comprehension goes over: of a list indexes and items, of a map keys and values. */
function* membersOf(range: Value): Iterable<readonly [Value, Value]> {
  if (range instanceof List) {
    for (let at = 0; at < range.length; at++) yield [BigInt(at), range.at(at)];
  } else if (range instanceof Mapping) {
    for (const key of range.keys()) yield [key, range.get(key)!];
  } else {
    throw noSuchOverload();
  }
}

function runs(loop: Loop): Run {
  return (frame) => {
    const range = loop.range(frame);
    const step = stepCosts[loop.macro];
    return results[loop.macro](loop, frame, visited(loop, frame, range, step));
  };
}

/** Each member in turn, with the variables set to it. */
function* visited({ slots }: Loop, frame: Frame, range: Value, cost: number): Iterable<readonly [Value, Value]> {
  for (const [key, value] of membersOf(range)) {
    frame.meter.spend(cost);
    frame.locals[slots[0]!] = slots.length === 1 && range instanceof List ? value : key;
    if (slots.length > 1) frame.locals[slots[1]!] = value;
    yield [key, value];
  }
}

type Result = (loop: Loop, frame: Frame, members: Iterable<readonly [Value, Value]>) => Value;

function truth(run: Run, frame: Frame): boolean {
  const holds = run(frame);
  if (typeof holds !== 'boolean') throw noSuchOverload();
  return holds;
}

function* predicates({ body }: Loop, frame: Frame, members: Iterable<unknown>): Iterable<() => Value> {
  for (const _member of members) yield () => body(frame);
}

const passes = ({ filter }: Loop, frame: Frame) => !filter || truth(filter, frame);

const made: Result = (loop, frame, members) => {
  const items: Value[] = [];
  for (const _member of members) if (passes(loop, frame)) items.push(loop.body(frame));
  return new ArrayList(items);
};

const results: Readonly<Record<ComprehensionMacro, Result>> = {
  all: (loop, frame, members) => quantified(true, predicates(loop, frame, members)),
  exists: (loop, frame, members) => quantified(false, predicates(loop, frame, members)),
  exists_one: ({ body }, frame, members) => {
    let count = 0;
    for (const _member of members) if (truth(body, frame)) count++;
    return count === 1;
  },
  map: made,
  transformList: made,
  filter: ({ body, slots }, frame, members) => {
    const items: Value[] = [];
    for (const _member of members) if (truth(body, frame)) items.push(frame.locals[slots[0]!]!);
    return new ArrayList(items);
  },
  transformMap: (loop, frame, members) => {
    const entries: [Value, Value][] = [];
    for (const [key] of members) if (passes(loop, frame)) entries.push([key, loop.body(frame)]);
    return new EntryMap(entries);
  },
  transformMapEntry: (loop, frame, members) => new EntryMap(madeEntries(loop, frame, members)),
};

function madeEntries(loop: Loop, frame: Frame, members: Iterable<unknown>): [Value, Value][] {
  const entries: [Value, Value][] = [];
  for (const _member of members) {
    if (!passes(loop, frame)) continue;
    const map = loop.body(frame);
    if (!(map instanceof Mapping)) throw noSuchOverload();
    for (const key of map.keys()) {
      if (entries.some(([other]) => other === key)) throw new CelError(`insert failed: key ${String(key)} already exists`);
      entries.push([key, map.get(key)!]);
    }
  }
  return entries;
}
