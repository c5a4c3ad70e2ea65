import { estimateCost, types, type Extent } from '../../cel';
import { valuesOf, type Schema } from '../schema';
import { rulesOf, variablesOf } from './compile';
import { escaped } from './names';
import { asResource, schemaType } from './type';

/** The largest request. Source: celconfig.MaxRequestSizeBytes. */
const requestBytes = 3 * 1024 * 1024;
const wholeRequest = requestBytes - 2;

/** What a value may be at most, and the least that it takes in a request. */
interface Measure {
  readonly extent: Extent;
  readonly minBytes: number;
}

export interface RuleCost {
  readonly rule: number;
  /** Of its message. */
  readonly message: number;
}

/** What each of a schema's own rules costs at most, run once. */
export function ruleCosts(schema: Schema, isRoot: boolean): readonly RuleCost[] {
  const { extent } = measureOf(schema, isRoot) ?? nothing;
  const self = schemaType(schema, isRoot, 'self') ?? types.dyn;
  return rulesOf(schema, isRoot).map(({ rule, program, message }) => {
    const cost = (source: string) => estimateCost(source, variablesOf(rule, self), extent);
    return { rule: program ? cost(rule.rule) : 0, message: message ? cost(rule.messageExpression!) : 0 };
  });
}

const nothing: Measure = { extent: { max: 0 }, minBytes: 0 };

/** How many values of a schema a request can hold. Source: maxCardinality. */
export const mostInRequest = (schema: Schema, isRoot: boolean): number => Math.floor(requestBytes / ((measureOf(schema, isRoot)?.minBytes ?? 0) + 1));

const scalar = (minBytes: number, max = 0): Measure => ({ extent: { max }, minBytes });

const scalars: Readonly<Record<string, Measure>> = { boolean: scalar(4), number: scalar(1), integer: scalar(1) };
const formatted: Readonly<Record<string, Measure>> = { duration: scalar(3, 32), date: scalar(12, 12), 'date-time': scalar(21, 32) };

/** Source: SchemaDeclType in k8s.io/apiserver/pkg/cel/common. */
function measureOf(schema: Schema | undefined, isRoot = schema?.['x-kubernetes-embedded-resource'] === true): Measure | undefined {
  if (!schema) return undefined;
  if (schema['x-kubernetes-int-or-string']) return scalar(1, wholeRequest);
  const of = isRoot ? asResource(schema) : schema;
  if (of.type === 'array') return listMeasure(of);
  if (of.type === 'object') return valuesOf(of) ? mapMeasure(of) : structureMeasure(of);
  return of.type === 'string' ? textMeasure(of) : scalars[of.type ?? ''];
}

function listMeasure({ items, maxItems }: Schema): Measure | undefined {
  const item = measureOf(items);
  return item && { extent: { max: maxItems ?? Math.floor(wholeRequest / (item.minBytes + 1)), element: item.extent }, minBytes: 2 };
}

function mapMeasure(schema: Schema): Measure | undefined {
  const value = measureOf(valuesOf(schema));
  return value && { extent: { max: schema.maxProperties ?? Math.floor(wholeRequest / (value.minBytes + 6)), element: value.extent, key: { max: 0 } }, minBytes: 2 };
}

function structureMeasure({ properties = {}, required = [] }: Schema): Measure {
  const fields = new Map<string, Extent>();
  let minBytes = 2;
  for (const [name, property] of Object.entries(properties)) {
    const field = measureOf(property);
    if (!field) continue;
    const shown = escaped(name);
    if (shown !== undefined) fields.set(shown, field.extent);
    // What has a default need not be sent.
    if (required.includes(name) && property.default === undefined) minBytes += name.length + field.minBytes + 4;
  }
  return { extent: { max: 0, fields }, minBytes };
}

function textMeasure({ format = '', maxLength, enum: values = [] }: Schema): Measure {
  if (Object.hasOwn(formatted, format)) return formatted[format]!;
  // Lengths count characters, of up to four bytes each.
  if (maxLength !== undefined) return scalar(2, format === 'byte' ? maxLength : maxLength * 4);
  const lengths = values.map((value) => (typeof value === 'string' ? Buffer.byteLength(value) : 0));
  return scalar(2, lengths.length && format !== 'byte' ? Math.max(...lengths) : wholeRequest);
}
