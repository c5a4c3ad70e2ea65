import { typeSchema, type FieldSchema, type FieldType, type ScalarName } from '../schema';
import { scalarCodecs, type Read } from './scalars';
import { resolveNumbers, reportRepeated } from './untyped';
import { jsonKind, type Walk } from './walk';

/** How a field is written when it is empty; a Go pointer is empty only when it is absent. */
interface FieldPlan {
  readonly name: string;
  readonly index: number;
  readonly read: Read;
  /** What to write for `value` (undefined when absent); undefined leaves the field out. */
  readonly finish: (value: unknown) => unknown;
}

interface StructPlan {
  readonly structName: string;
  readonly fields: readonly FieldPlan[];
  readonly byName: ReadonlyMap<string, FieldPlan>;
}

const plans = new Map<string, StructPlan>();

/** Types that unmarshal themselves and keep any JSON. */
const opaque = new Set(['JSON', 'JSONSchemaPropsOrArray', 'JSONSchemaPropsOrBool', 'JSONSchemaPropsOrStringArray']
  .map((name) => `io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.${name}`));

const listMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ListMeta';

/** `io.k8s.api.core.v1.Pod` → `v1.Pod` */
const goTypeOfKey = (key: string) => key.split('.').slice(-2).join('.');

/** As Go's reflect prints it. */
function goTypeOf(type: FieldType): string {
  if ('ref' in type) return goTypeOfKey(type.ref);
  if ('list' in type) return `[]${goTypeOf(type.list)}`;
  if ('map' in type) return `map[string]${goTypeOf(type.map)}`;
  return scalarCodecs[type.scalar].goType;
}

/** Compiled when the type is first met. Fields are planned after the plan is known, for types that contain themselves. */
function planOf(key: string): StructPlan {
  const known = plans.get(key);
  if (known) return known;
  const fields: FieldPlan[] = [];
  const byName = new Map<string, FieldPlan>();
  const plan = { structName: key.split('.').at(-1)!, fields, byName };
  plans.set(key, plan);
  const isList = isRef(typeSchema(key).byName.get('metadata')?.type, listMeta);
  typeSchema(key).fields.forEach((field, index) => {
    const planned = planField(field, index, isList && field.name === 'items');
    fields.push(planned);
    byName.set(field.name, planned);
  });
  return plan;
}

const isRef = (type: FieldType | undefined, key: string) => type !== undefined && 'ref' in type && type.ref === key;

function planField(field: FieldSchema, index: number, keepsEmptyList: boolean): FieldPlan {
  const read = readerOf(field.type, field.goType);
  return { name: field.name, index, read: field.pointer ? nullable(read) : read, finish: keepsEmptyList ? (value) => value ?? [] : finisherOf(field) };
}

/** Null leaves a pointer nil before any UnmarshalJSON sees it. */
const nullable = (read: Read): Read => (value, walk) => (value === null ? undefined : read(value, walk));

function finisherOf({ type, pointer, omitEmpty }: FieldSchema): FieldPlan['finish'] {
  const absent = omitEmpty ? undefined : null;
  if (pointer) return (value) => value ?? absent;
  if ('list' in type) return (value) => ((value as unknown[] | undefined)?.length ? value : absent);
  if ('map' in type) return (value) => (value !== undefined && Object.keys(value as object).length ? value : absent);
  if ('ref' in type) return (value) => value ?? zeroOf(type);
  return scalarFinisher(type.scalar, omitEmpty);
}

function scalarFinisher(scalar: ScalarName, omitEmpty: boolean): FieldPlan['finish'] {
  const { zero, canBeOmitted } = scalarCodecs[scalar];
  if (!omitEmpty || !canBeOmitted) return (value) => value ?? zero;
  const empty = zero ?? '';
  return (value) => (value === empty ? undefined : (value ?? undefined));
}

function zeroOf(type: FieldType): unknown {
  if ('ref' in type) return opaque.has(type.ref) ? null : write(planOf(type.ref), []);
  return 'scalar' in type ? scalarCodecs[type.scalar].zero : null;
}

function readerOf(type: FieldType, goType = goTypeOf(type)): Read {
  if ('ref' in type) return opaque.has(type.ref) ? resolveNumbers : structReader(type.ref, goType);
  if ('list' in type) return listReader(type.list, goType);
  if ('map' in type) return mapReader(type.map, goType);
  return scalarReader(type.scalar, goType);
}

/** Null leaves a Go value at its zero. */
function scalarReader(scalar: ScalarName, goType: string): Read {
  const { read, canBeOmitted } = scalarCodecs[scalar];
  if (!canBeOmitted) return (value, walk) => read(value, walk, goType);
  return (value, walk) => (value === null ? undefined : read(value, walk, goType));
}

function listReader(element: FieldType, goType: string): Read {
  const read = readerOf(element, elementGoType(element, goType));
  return (value, walk) => {
    if (value === null) return undefined;
    if (!Array.isArray(value)) return void walk.wrongType(jsonKind(value), goType);
    return value.map((item, at) => walk.at(at, read, item) ?? zeroOf(element));
  };
}

/** `[]v1.Capability` → `v1.Capability`; a list of a named type follows from the element. */
const elementGoType = (element: FieldType, goType: string) => (goType.startsWith('[]') ? goType.slice(2) : goTypeOf(element));

function mapReader(element: FieldType, goType: string): Read {
  const read = readerOf(element, goType.startsWith('map[') ? goType.slice(goType.indexOf(']') + 1) : goTypeOf(element));
  return (value, walk) => {
    if (value === null) return undefined;
    if (typeof value !== 'object' || Array.isArray(value) || jsonKind(value) === 'number') return void walk.wrongType(jsonKind(value), goType);
    reportRepeated(value, walk);
    return sortedEntries(value as Record<string, unknown>, (key, item) => walk.at(key, read, item) ?? zeroInMap(element));
  };
}

/** An empty byte slice is written as "" once it went through storage. */
const zeroInMap = (element: FieldType) => ('scalar' in element && element.scalar === 'byte' ? '' : zeroOf(element));

/** Go writes maps sorted by key. */
function sortedEntries(object: Record<string, unknown>, read: (key: string, value: unknown) => unknown): Record<string, unknown> {
  const keys = Object.keys(object).filter((key) => object[key] !== undefined);
  const read_ = keys.map((key): [string, unknown] => [key, read(key, object[key])]);
  return Object.fromEntries(isSorted(keys) ? read_ : read_.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isSorted(keys: string[]): boolean {
  for (let at = 1; at < keys.length; at++) if (keys[at - 1]! > keys[at]!) return false;
  return true;
}

function structReader(key: string, goType: string): Read {
  let plan: StructPlan | undefined;
  return (value, walk) => {
    plan ??= planOf(key);
    if (value === null) return write(plan, []);
    if (typeof value !== 'object' || Array.isArray(value) || jsonKind(value) === 'number') {
      return void walk.wrongType(jsonKind(value), goType);
    }
    return readMembers(plan, value as Record<string, unknown>, walk);
  };
}

function readMembers(plan: StructPlan, object: Record<string, unknown>, walk: Walk): Record<string, unknown> {
  const slots = new Array<unknown>(plan.fields.length);
  const repeated = walk.repeated.get(object);
  if (repeated) readRepeated(plan, repeated, slots, walk);
  else for (const name of Object.keys(object)) readMember(plan, name, object[name], slots, walk);
  return write(plan, slots);
}

function readRepeated(plan: StructPlan, members: [string, unknown][], slots: unknown[], walk: Walk): void {
  const seen = new Set<string>();
  for (const [name, value] of members) {
    if (seen.has(name) && plan.byName.has(name)) walk.duplicateField(name);
    seen.add(name);
    readMember(plan, name, value, slots, walk);
  }
}

function readMember(plan: StructPlan, name: string, value: unknown, slots: unknown[], walk: Walk): void {
  if (value === undefined) return;
  const field = plan.byName.get(name);
  if (field) slots[field.index] = walk.field(plan.structName, name, field.read, value);
  else walk.unknownField(name);
}

/** In Go's order, as Go's encoder writes it. */
function write(plan: StructPlan, slots: unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const field of plan.fields) {
    const value = field.finish(slots[field.index]);
    if (value !== undefined) object[field.name] = value;
  }
  return object;
}

/** The reader of a whole object of that type. */
export const objectReader = (key: string): Read => structReader(key, goTypeOfKey(key));
