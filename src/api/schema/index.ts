import { allKeys, fieldType, hasRows, rowFlags, rowsOf, type FieldType, type Row, type RowExtras } from './rows';

export type { FieldType, ScalarName } from './rows';

export interface FieldSchema {
  readonly name: string;
  readonly type: FieldType;
  /** Not in the OpenAPI `required` list. */
  readonly optional: boolean;
  /** Go's omitempty: an empty value is not written. An optional field may lack it and appear as null or zero. */
  readonly omitEmpty: boolean;
  /** A Go pointer: zero and absent differ. */
  readonly pointer: boolean;
  /** Protobuf tag; 0 for types that travel as JSON only. */
  readonly proto: number;
  /** As Go's reflect prints the type, without pointer, where it does not follow from `type`: `v1.RestartPolicy`. */
  readonly goType?: string;
  readonly listType?: RowExtras['listType'];
  readonly listMapKeys?: readonly string[];
  readonly mapType?: RowExtras['mapType'];
  readonly structType?: RowExtras['structType'];
  readonly patchMergeKey?: string;
  /** `merge`, `retainKeys`, or both with a comma. */
  readonly patchStrategy?: string;
  /** Parsed. */
  readonly default?: unknown;
  readonly enum?: readonly string[];
}

/** An embedded Go struct: its fields are the owner's in JSON and a message of its own in protobuf. */
export interface InlineSchema {
  readonly inline: string;
  readonly proto: number;
}

export interface TypeSchema {
  /** `io.k8s.api.core.v1.Pod` */
  readonly key: string;
  /** In Go's order, embedded structs flattened. */
  readonly fields: readonly FieldSchema[];
  readonly byName: ReadonlyMap<string, FieldSchema>;
  /** As declared: embedded structs kept apart. */
  readonly declared: readonly (FieldSchema | InlineSchema)[];
  /** Has apiVersion and kind. */
  readonly isKind: boolean;
  readonly structType?: RowExtras['structType'];
}

const typeMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.TypeMeta';
const parsed = new Map<string, TypeSchema>();

export const hasTypeSchema = (key: string): boolean => hasRows(key);

/** Every key, sorted by group. */
export const typeKeys = (): string[] => allKeys();

/** Parsed when first asked for and kept. Throws for a key that does not exist. */
export function typeSchema(key: string): TypeSchema {
  let schema = parsed.get(key);
  if (!schema) parsed.set(key, (schema = build(key)));
  return schema;
}

export const isInline = (field: FieldSchema | InlineSchema): field is InlineSchema => 'inline' in field;

function build(key: string): TypeSchema {
  const { rows, structType } = rowsOf(key);
  const declared = rows.map(declaredField);
  const fields = declared.flatMap((field) => (isInline(field) ? typeSchema(field.inline).fields : [field]));
  return {
    key, fields, declared,
    byName: new Map(fields.map((field) => [field.name, field])),
    isKind: declared.some((field) => isInline(field) && field.inline === typeMeta),
    ...(structType && { structType }),
  };
}

function declaredField([name, code, flags, proto, extras]: Row): FieldSchema | InlineSchema {
  const type = fieldType(code);
  if (flags & rowFlags.inline) return { inline: (type as { ref: string }).ref, proto };
  const { go, ...rest } = extras ?? {};
  return {
    name, type, proto,
    optional: (flags & rowFlags.optional) !== 0,
    omitEmpty: (flags & rowFlags.omitEmpty) !== 0,
    pointer: (flags & rowFlags.pointer) !== 0,
    ...(go && { goType: go }),
    ...('enum' in type && { enum: type.enum }),
    ...rest,
  };
}
