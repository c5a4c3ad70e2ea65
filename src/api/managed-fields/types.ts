import { typeSchema, type FieldSchema, type FieldType, type ScalarName } from '../schema';
import { fieldElement, type PathElement } from './path-element';

/**
 * What a value may be. A schema type is one of the three; a deduced one all of them, and the value decides.
 * After structured-merge-diff's schema.Atom, made from the schema as kube-openapi's schemaconv does.
 */
export interface Type {
  readonly scalar?: ScalarClass;
  readonly list?: ListType;
  readonly map?: MapType;
}

export type ScalarClass = 'numeric' | 'string' | 'boolean' | 'untyped';

export interface ListType {
  /** One value that is written as a whole. */
  readonly atomic: boolean;
  /** The names of the fields that tell items apart; none for a set of scalars. */
  readonly keys: readonly string[];
  readonly element: Type;
  /** For an item that leaves a key out. */
  keyDefault(name: string): unknown;
}

export interface MapType {
  readonly atomic: boolean;
  /** By path element. Empty for a map by arbitrary names. */
  readonly fields: readonly StructField[];
  field(name: string): StructField | undefined;
  /** Of what is not a declared field; absent where nothing else may be. */
  readonly element?: Type;
}

export interface StructField {
  readonly name: string;
  readonly element: PathElement;
  readonly type: Type;
  /** What a Go struct holds where its JSON leaves the field out; undefined: nothing. */
  readonly zero: unknown;
}

const scalarClasses: Record<ScalarName, ScalarClass | 'deduced'> = {
  string: 'string', boolean: 'boolean', int32: 'numeric', int64: 'numeric', double: 'numeric', byte: 'string', time: 'untyped',
  'micro-time': 'untyped', duration: 'untyped', quantity: 'untyped', 'int-or-string': 'untyped', raw: 'deduced',
};

const noDefault = () => undefined;
const noField = () => undefined;

/** Wholly untyped: its lists are written as a whole. */
const untypedAtomic: Type = {
  scalar: 'untyped',
  get list() { return { atomic: true, keys: [], element: untypedAtomic, keyDefault: noDefault }; },
  get map() { return { atomic: true, fields: [], field: noField, element: untypedAtomic }; },
};

/** Of objects without a schema: maps are merged by name, lists and scalars are one value each. */
export const deducedType: Type = {
  scalar: 'untyped',
  list: { atomic: true, keys: [], element: untypedAtomic, keyDefault: noDefault },
  get map() { return deducedMap; },
};

const deducedMap: MapType = { atomic: false, fields: [], field: noField, element: deducedType };

const scalarTypes = new Map<ScalarClass, Type>();

function scalarType(name: ScalarName): Type {
  const scalar = scalarClasses[name];
  if (scalar === 'deduced') return deducedType;
  let type = scalarTypes.get(scalar);
  if (!type) scalarTypes.set(scalar, (type = { scalar }));
  return type;
}

const structs = new Map<string, Type>();

/** The type of a schema key. Made when first asked for and kept. `structType` of a field overrides that of the struct. */
export function schemaType(key: string, structType?: 'atomic' | 'granular'): Type {
  const name = structType ? `${key} ${structType}` : key;
  let type = structs.get(name);
  if (!type) structs.set(name, (type = { map: new StructType(key, structType) }));
  return type;
}

/** Resolves its fields late: types refer to themselves. */
class StructType implements MapType {
  readonly atomic: boolean;
  #fields: readonly StructField[] | undefined;
  #byName: ReadonlyMap<string, StructField> | undefined;

  constructor(private readonly key: string, structType?: 'atomic' | 'granular') {
    this.atomic = (structType ?? typeSchema(key).structType) === 'atomic';
  }

  get fields(): readonly StructField[] {
    return (this.#fields ??= typeSchema(this.key).fields.map(structField).sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  field(name: string): StructField | undefined {
    return (this.#byName ??= new Map(this.fields.map((field) => [field.name, field]))).get(name);
  }
}

const structField = (field: FieldSchema): StructField => ({
  name: field.name, element: fieldElement(field.name), type: typeOf(field.type, field), zero: zeroOf(field),
});

function typeOf(type: FieldType, of: Partial<FieldSchema> = {}): Type {
  if ('scalar' in type) return scalarType(type.scalar);
  if ('ref' in type) return schemaType(type.ref, of.structType ?? of.mapType);
  if ('map' in type) return { map: { atomic: of.mapType === 'atomic', fields: [], field: noField, element: typeOf(type.map) } };
  return { list: listType(type.list, of) };
}

/** A list is atomic unless it says how its items are told apart; the patch strategy says it, too. */
function listType(item: FieldType, { listType: declared, listMapKeys, patchStrategy, patchMergeKey }: Partial<FieldSchema>): ListType {
  const merges = !declared && patchStrategy?.startsWith('merge');
  const atomic = declared === 'atomic' || (!declared && !merges);
  const keys = merges && patchMergeKey ? [patchMergeKey] : declared === 'map' ? listMapKeys ?? [] : [];
  const element = typeOf(item);
  return { atomic, keys, element, keyDefault: 'ref' in item ? (name) => keyDefaultOf(item.ref, name) : noDefault };
}

function keyDefaultOf(owner: string, name: string): unknown {
  const field = typeSchema(owner).byName.get(name);
  if (!field) return undefined;
  return field.default ?? (field.omitEmpty || field.pointer ? undefined : zeroScalar(field.type));
}

function zeroScalar(type: FieldType): unknown {
  if (!('scalar' in type)) return undefined;
  const scalar = scalarClasses[type.scalar];
  return scalar === 'string' ? '' : scalar === 'numeric' ? 0 : scalar === 'boolean' ? false : undefined;
}

/** Go structs among the scalars: omitempty does not omit them. */
const structScalars: Partial<Record<ScalarName, unknown>> = { time: null, 'micro-time': null, quantity: '0', 'int-or-string': 0, duration: '0s', raw: null };

const emptyStruct = Object.freeze({});

function zeroOf({ type, pointer, omitEmpty }: FieldSchema): unknown {
  if (pointer) return omitEmpty ? undefined : null;
  if ('ref' in type) return emptyStruct;
  if ('scalar' in type && type.scalar in structScalars) return structScalars[type.scalar];
  if (omitEmpty) return undefined;
  return zeroScalar(type) ?? null;
}
