import { compileJsonPathResults, relaxJsonPath } from '../../api/jsonpath';
import { formatValue } from '../../api/go/format';
import type { KubeList, Unstructured } from '../../api/meta';
import { isEvent, type Printable } from './objects';
import type { ObjectPrinter, PrinterOptions } from './types';
import { escapeTerminal, tableWriter } from './table';
import { readTemplate, splitFormat } from './templates';

interface Column {
  header: string;
  find: (data: unknown) => unknown[][];
}

/** The printer of `custom-columns=NAME:.metadata.name,…`; undefined when the format is another one. After kubectl's customcolumn.go. */
export function customColumnsPrinter(options: PrinterOptions & { noHeaders: boolean }): ObjectPrinter | undefined {
  const { format, value } = splitFormat(options.flags.output, ['custom-columns', 'custom-columns-file'], options.flags.template);
  if (format !== 'custom-columns' && format !== 'custom-columns-file') return undefined;
  if (!value) throw new Error('custom-columns format specified but no custom columns given');
  const columns = format === 'custom-columns' ? columnsOfSpec(value) : columnsOfFile(readTemplate(value, options.cwd, 'template'));
  const layOut = tableWriter();
  let headerDue = format === 'custom-columns-file' || !options.noHeaders;
  return (object) => {
    const rows = rowsOf(object).map((row) => columns.map((column) => cell(column.find(row))));
    const lines = headerDue ? [columns.map(({ header }) => header), ...rows] : rows;
    headerDue = false;
    options.out.write(layOut(lines.map((cells) => `${cells.join('\t')}\n`).join('')));
  };
}

const column = (header: string, path: string): Column => ({ header, find: compileJsonPathResults(relaxJsonPath(path), { allowMissingKeys: true }) });

function columnsOfSpec(spec: string): Column[] {
  return spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) throw new Error(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return column(part.slice(0, colon), part.slice(colon + 1));
  });
}

/** A line of headers, a line of paths. */
function columnsOfFile(text: string): Column[] {
  const form = 'Expected format is one line of space separated headers, one line of space separated column specs.';
  const [first, second] = text.replace(/\n$/, '').split('\n');
  if (!text) throw new Error(`invalid template, missing header line. ${form}`);
  if (second === undefined) throw new Error(`invalid template, missing spec line. ${form}`);
  const words = (line: string) => line.split(/\s+/).filter(Boolean);
  const headers = words(first!);
  const paths = words(second);
  if (headers.length !== paths.length) throw new Error(`number of headers (${headers.length}) and field specifications (${paths.length}) don't match`);
  return headers.map((header, index) => column(header, paths[index]!));
}

function rowsOf(object: Printable): unknown[] {
  if (isEvent(object)) return [{ type: object.type, object: object.object }];
  const { items } = object as Unstructured & Partial<KubeList<Unstructured>>;
  return Array.isArray(items) ? items : [object];
}

function cell(results: unknown[][]): string {
  if (!results.length || !results[0]!.length) return '<none>';
  return results.flat().map((value) => escapeTerminal(formatValue(value))).join(',');
}
