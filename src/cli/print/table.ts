import { createTabWriter, tableTabs, type TabWriter } from '../../api/tabwriter';

/** metav1.Table as the server sends it. */
export interface Table {
  kind: 'Table';
  apiVersion: string;
  metadata?: { resourceVersion?: string; continue?: string };
  /** May be absent in watch events: those of the table before. */
  columnDefinitions?: ColumnDefinition[] | null;
  rows?: Row[] | null;
}

export interface ColumnDefinition {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
}

export interface Row {
  cells: unknown[];
  object?: { metadata?: { name?: string; namespace?: string; labels?: Record<string, string> } };
}

export interface TableOptions {
  noHeaders?: boolean;
  wide?: boolean;
  withNamespace?: boolean;
  /** Prefix of names: `deployment.apps`. */
  kindPrefix?: string;
  columnLabels?: readonly string[];
  showLabels?: boolean;
}

const hiddenBreak = /[\f\n\r]/;

/** After printers.WriteEscaped: what would move the cursor is shown, not sent. */
export const escapeTerminal = (text: string): string => text.replaceAll('\x1b', '^[').replaceAll('\r', '\\r');

/**
 * Prints tables of one resource one after the other, the header once. `event` puts a column of its type in front, for
 * --output-watch-events. The result still has tabs between cells: it goes through a tab writer.
 * After k8s.io/cli-runtime/pkg/printers/tableprinter.go.
 */
export function createTablePrinter(options: TableOptions): (table: Table, event?: string) => string {
  let columns: readonly ColumnDefinition[] = [];
  let printedHeaders = false;
  return (table, event) => {
    if (table.columnDefinitions?.length && !sameColumns(table.columnDefinitions, columns)) {
      columns = table.columnDefinitions;
      printedHeaders = false;
    }
    const rows = table.rows ?? [];
    const withHeader = !options.noHeaders && !printedHeaders && rows.length > 0;
    if (rows.length) printedHeaders = true;
    const shown = columns.map((column) => options.wide || !column.priority);
    const nameColumn = options.kindPrefix ? columns.findIndex(({ format, type }) => format === 'name' && type === 'string') : -1;
    const lines = rows.map((row) => [
      ...(event === undefined ? [] : [eventLabels[event] ?? event]),
      ...(options.withNamespace ? [row.object?.metadata?.namespace ?? ''] : []),
      ...cellsOf(row, shown, nameColumn, options),
      ...labelCells(row, options),
    ].join('\t'));
    if (withHeader) lines.unshift(headerOf(columns, shown, options, event !== undefined));
    return lines.map((line) => `${line}\n`).join('');
  };
}

const eventLabels: Record<string, string> = { ADDED: 'ADDED   ', MODIFIED: 'MODIFIED', DELETED: 'DELETED ', ERROR: 'ERROR   ' };

function sameColumns(a: readonly ColumnDefinition[], b: readonly ColumnDefinition[]): boolean {
  return a.length === b.length && a.every((column, index) => column.name === b[index]!.name && column.priority === b[index]!.priority && column.type === b[index]!.type);
}

function headerOf(columns: readonly ColumnDefinition[], shown: readonly boolean[], options: TableOptions, withEvent: boolean): string {
  return [
    ...(withEvent ? ['EVENT'] : []),
    ...(options.withNamespace ? ['NAMESPACE'] : []),
    ...columns.filter((_, index) => shown[index]).map(({ name }) => name.toUpperCase()),
    ...(options.columnLabels ?? []).map((label) => label.slice(label.lastIndexOf('/') + 1).toUpperCase()),
    ...(options.showLabels ? ['LABELS'] : []),
  ].join('\t');
}

function cellsOf({ cells }: Row, shown: readonly boolean[], nameColumn: number, { kindPrefix }: TableOptions): string[] {
  const texts: string[] = [];
  for (let index = 0; index < shown.length && index < cells.length; index++) {
    if (!shown[index]) continue;
    const text = cellText(cells[index]);
    texts.push(index === nameColumn ? `${kindPrefix}/${text}` : text);
  }
  return texts;
}

/** A cell ends at its first line break; null is empty. */
function cellText(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  const text = typeof cell === 'string' ? cell : typeof cell === 'bigint' ? String(cell) : JSON.stringify(cell);
  const end = text.search(hiddenBreak);
  return end < 0 ? escapeTerminal(text) : `${escapeTerminal(text.slice(0, end))}...`;
}

function labelCells({ object }: Row, { columnLabels = [], showLabels }: TableOptions): string[] {
  const labels = object?.metadata?.labels ?? {};
  return [...columnLabels.map((label) => labels[label] ?? ''), ...(showLabels ? [formatLabels(labels)] : [])];
}

/** `a=b,c=d`, or `<none>`. */
export function formatLabels(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.keys(labels).sort().map((key) => `${key}=${labels[key]}`);
  return pairs.length ? pairs.join(',') : '<none>';
}

export const tableWriter = (): TabWriter => createTabWriter(tableTabs);
