import { schemaRows } from '../generated/schema';

/** Codes of the generated rows (scripts/generate/schema.mjs). */
export type ScalarName =
  | 'string' | 'boolean' | 'int32' | 'int64' | 'double' | 'byte' | 'time' | 'micro-time' | 'duration' | 'quantity'
  | 'int-or-string' | 'raw';

const scalarNames: Record<string, ScalarName> = {
  s: 'string', b: 'boolean', i: 'int32', l: 'int64', d: 'double', y: 'byte', t: 'time', m: 'micro-time',
  u: 'duration', q: 'quantity', o: 'int-or-string', r: 'raw',
};

/** A scalar's code, an enum of strings, a reference by line number, a list of one element, or a map. */
type TypeCode = string | { e: string[] } | number | [TypeCode] | { m: TypeCode };

export type FieldType =
  | { readonly scalar: ScalarName; readonly enum?: readonly string[] }
  | { readonly ref: string }
  | { readonly list: FieldType }
  | { readonly map: FieldType };

export interface RowExtras {
  /** The type as Go's reflect prints it, without the pointer, where it does not follow from `type`. */
  go?: string;
  listType?: 'atomic' | 'set' | 'map';
  listMapKeys?: string[];
  mapType?: 'atomic' | 'granular';
  structType?: 'atomic' | 'granular';
  patchMergeKey?: string;
  patchStrategy?: string;
  default?: unknown;
}

/** One declared field: name ('' when inline), type, flags, protobuf tag (0 without one), extras. */
export type Row = [name: string, type: TypeCode, flags: number, proto: number, extras?: RowExtras];

export const rowFlags = { optional: 1, omitEmpty: 2, pointer: 4, inline: 8 };

export interface TypeRows {
  structType?: 'atomic' | 'granular';
  rows: Row[];
}

let lines: string[] | undefined;
let lineOf: Map<string, number> | undefined;

const keyOf = (line: string) => line.slice(0, line.indexOf(' '));

function index(): Map<string, number> {
  if (!lineOf) {
    lines = schemaRows.split('\n');
    lineOf = new Map(lines.map((line, at) => [keyOf(line), at]));
  }
  return lineOf;
}

export const hasRows = (key: string): boolean => index().has(key);

export const allKeys = (): string[] => [...index().keys()];

export function rowsOf(key: string): TypeRows {
  const at = index().get(key);
  if (at === undefined) throw new Error(`the schema has no type ${key}`);
  const [, structType, ...rest] = lines![at]!.split(' ');
  return { rows: JSON.parse(rest.join(' ')) as Row[], ...(structType && { structType: structType as 'atomic' }) };
}

export function fieldType(code: TypeCode): FieldType {
  if (typeof code === 'string') return { scalar: scalarNames[code]! };
  if (typeof code === 'number') return { ref: keyOf(lines![code]!) };
  if (Array.isArray(code)) return { list: fieldType(code[0]) };
  return 'e' in code ? { scalar: 'string', enum: code.e } : { map: fieldType(code.m) };
}
