import { compareQuantity, parseQuantity } from '../../../api/quantity';
import { compileJsonPathResults, relaxJsonPath } from '../../../api/jsonpath';
import type { Info } from '../../builder';
import type { Row, Table } from '../../print/table';

/** Objects in the order of a field. Throws kubectl's text when none has it. After kubectl's sorter.go. */
export function sortInfos(infos: readonly Info[], sortBy: string): Info[] {
  return infos.length < 2 ? [...infos] : sortByField(infos, ({ object }) => object, relaxJsonPath(sortBy));
}

/**
 * The same with the rows of a table, which must carry their objects. A table that cannot be sorted is empty: kubectl
 * loses that error.
 */
export function sortTable(table: Table, sortBy: string): Table {
  const rows = table.rows ?? [];
  if (rows.length < 2) return table;
  try {
    return { ...table, rows: sortByField(rows, ({ object }: Row) => object, relaxedOrAsIs(sortBy)) };
  } catch {
    return { ...table, rows: [] };
  }
}

function relaxedOrAsIs(expression: string): string {
  try {
    return relaxJsonPath(expression);
  } catch {
    return expression;
  }
}

function sortByField<T>(items: readonly T[], objectOf: (item: T) => unknown, field: string): T[] {
  const find = compileJsonPathResults(field, { allowMissingKeys: true });
  const keyed = items.map((item) => ({ item, value: find(objectOf(item))[0]?.[0] }));
  if (keyed.every(({ value }) => value === undefined)) {
    throw new Error(`couldn't find any field with path ${JSON.stringify(field)} in the list of objects`);
  }
  return goSort(keyed, (a, b) => a.value === undefined || (b.value !== undefined && compare(a.value, b.value) < 0)).map(({ item }) => item);
}

const insertionSortMax = 12;

/** Go's sort.Sort: short slices by insertion, so that what compares as less both ways comes out in its order. */
function goSort<T>(items: T[], less: (a: T, b: T) => boolean): T[] {
  if (items.length > insertionSortMax) return items.sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
  for (let i = 1; i < items.length; i++) {
    for (let j = i; j > 0 && less(items[j]!, items[j - 1]!); j--) [items[j], items[j - 1]] = [items[j - 1]!, items[j]!];
  }
  return items;
}

/** Null comes first. Strings that are both quantities compare as such. */
function compare(a: unknown, b: unknown): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  const [left, right] = [plain(a), plain(b)];
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : 0;
  if (typeof left !== 'string' || typeof right !== 'string') throw new Error(`unsortable type: ${Array.isArray(a) ? 'slice' : typeof a}`);
  const quantities = [left, right].map(quantity);
  if (quantities[0] && quantities[1]) return compareQuantity(quantities[0], quantities[1]);
  return left < right ? -1 : left > right ? 1 : 0;
}

const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

const plain = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'value' in value ? (value as { value: unknown }).value : value);

function quantity(text: string) {
  try {
    return parseQuantity(text);
  } catch {
    return undefined;
  }
}
