import { resolveRef, valuesOf, type Document, type Schema } from './document';

/** `string`, `PodSpec`, `[]Container`, `map[string]string`, `Object`. */
export function typeName(schema: Schema, document: Document): string {
  if (schema.items) return `[]${typeName(schema.items, document)}`;
  const values = valuesOf(schema);
  if (values) return `map[string]${typeName(values, document)}`;
  // A single alternative without properties beside it is the type.
  if (schema.allOf?.length === 1 && !schema.properties) return typeName(schema.allOf[0]!, document);
  if (schema.$ref) return referredName(schema, document);
  return schema.type === 'object' ? 'Object' : schema.type || 'Object';
}

function referredName(schema: Schema, document: Document): string {
  const referred = resolveRef(schema, document);
  if (referred?.type && referred.type !== 'object') return referred.type;
  return schema.$ref!.split('/').at(-1)!.split('.').at(-1) || 'Object';
}

const shown = (value: unknown) => (value === '' ? '""' : String(value));
const shortMax = 4;

/** Under a field in a list: the first few values. */
export function enumShort({ enum: values }: Schema, margin: number): string {
  if (!values?.length) return '';
  return `\n${' '.repeat(margin)}enum: ${values.slice(0, shortMax).map(shown).join(', ')}${values.length > shortMax ? ', ....' : ''}`;
}

/** Of the field that is explained: all values, one a line. */
export function enumLong({ enum: values }: Schema): string {
  return values?.length ? `ENUM:${values.map((value) => `\n    ${shown(value)}`).join('')}` : '';
}
