import { compareQuantity, parseQuantity } from '../../../api/quantity';
import { compileJsonPathResults, relaxJsonPath } from '../../../api/jsonpath';
import type { Info } from '../../builder';
import type { Row, Table } from '../../print/table';

/** Sorted by a JSONPath expression: whole objects, or the rows of each table. After kubectl's sorter.go. */
export function sortInfos(infos: readonly Info[], sortBy: string): Info[] {
  if (!infos.length) return [];
  const tables = infos.filter(({ object }) => object.kind === 'Table');
  if (tables.length && tables.length < infos.length) throw new Error('sorting is not supported on mixed Table and non-Table object lists');
  if (!tables.length && infos.length === 1) return [...infos];
  const field = relaxedOrAsIs(sortBy, tables.length > 0);
  const find = compileJsonPathResults(field, { allowMissingKeys: true });
  if (!tables.length) return sortByKey(infos, (info) => find(info.object)[0]?.[0], field);
  return infos.map((info) => {
    const table = info.object as unknown as Table;
    const rows = sortByKey(table.rows ?? [], (row: Row) => find(row.object)[0]?.[0], field);
    return { ...info, object: { ...table, rows } as unknown as Info['object'] };
  });
}

function relaxedOrAsIs(expression: string, table: boolean): string {
  try {
    return relaxJsonPath(expression);
  } catch (error) {
    if (table) return expression;
    throw error;
  }
}

function sortByKey<T>(items: readonly T[], valueOf: (item: T) => unknown, field: string): T[] {
  const keyed = items.map((item) => ({ item, value: valueOf(item) }));
  if (items.length && keyed.every(({ value }) => value === undefined)) {
    throw new Error(`couldn't find any field with path ${JSON.stringify(field)} in the list of objects`);
  }
  return keyed.sort((a, b) => compare(a.value, b.value)).map(({ item }) => item);
}

/** What is missing comes first. Strings that are both quantities compare as such. */
function compare(a: unknown, b: unknown): number {
  if (a === undefined || a === null) return b === undefined || b === null ? 0 : -1;
  if (b === undefined || b === null) return 1;
  const [left, right] = [plain(a), plain(b)];
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left !== 'string' || typeof right !== 'string') throw new Error(`unsortable type: ${Array.isArray(a) ? 'slice' : typeof a}`);
  const quantities = [left, right].map(quantity);
  if (quantities[0] && quantities[1]) return compareQuantity(quantities[0], quantities[1]);
  return left < right ? -1 : left > right ? 1 : 0;
}

const plain = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'value' in value ? (value as { value: unknown }).value : value);

function quantity(text: string) {
  try {
    return parseQuantity(text);
  } catch {
    return undefined;
  }
}
