import { translateTimestampSince } from '../../../api/duration';
import type { CustomResourceColumnDefinition } from '../../../api/generated/apiextensions.v1';
import { compileJsonPath, compileJsonPathResults } from '../../../api/jsonpath';
import type { Cell, Column } from '../../../kinds/kind';

const name: Column = { name: 'Name', format: 'name', value: ({ metadata }) => metadata.name };

const ageOnly: readonly CustomResourceColumnDefinition[] = [{ name: 'Age', type: 'date', jsonPath: '.metadata.creationTimestamp' }];

/** Source: tableconvertor.New in k8s.io/apiextensions-apiserver/pkg/registry/customresource. */
export function customColumns(declared: readonly CustomResourceColumnDefinition[] | undefined): Column[] {
  try {
    return [name, ...(declared?.length ? declared : ageOnly).map(column)];
  } catch {
    // Of what nobody can read, nothing is shown.
    return [name, ...ageOnly.map(column)];
  }
}

type ColumnType = NonNullable<Column['type']>;

function column({ name, type, format, description, priority, jsonPath }: CustomResourceColumnDefinition): Column {
  const find = compileJsonPathResults(`{${jsonPath}}`, { allowMissingKeys: true });
  const cell = cells[type as ColumnType];
  return {
    name, type: type as ColumnType, ...(format && { format }), ...(priority && { priority: priority as 1 }),
    description: description || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
    value(object, { nowMs }) {
      const value = firstOf(find, object);
      return value === undefined || value === null ? null : cell(value, nowMs);
    },
  };
}

/** An object that does not fit the path has nothing to show. */
function firstOf(find: (data: unknown) => unknown[][], object: unknown): unknown {
  try {
    return find(object)[0]?.[0];
  } catch {
    return undefined;
  }
}

const printed = compileJsonPath('{@}');

const cells: Record<ColumnType, (value: unknown, nowMs: number) => Cell> = {
  string: (value) => printed(value),
  integer: (value) => (typeof value === 'number' ? Math.trunc(value) : null),
  number: (value) => (typeof value === 'number' ? value : null),
  boolean: (value) => (typeof value === 'boolean' ? value : null),
  date: (value, nowMs) => (typeof value === 'string' ? ageOf(value, nowMs) : null),
};

const ageOf = (text: string, nowMs: number) => (Number.isNaN(Date.parse(text)) ? '<invalid>' : translateTimestampSince(text, nowMs));
