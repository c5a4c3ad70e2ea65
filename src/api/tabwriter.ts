/**
 * Elastic tab stops with the semantics of Go's text/tabwriter, padded with spaces. A cell is text ended by a tab;
 * the text behind the last tab of a line belongs to no column. Tab-ended cells of adjacent lines form a column, so
 * a line without a tab ends every column.
 */
export interface TabWriterOptions {
  /** Least width of a column, padding included. */
  readonly minWidth: number;
  /** Added to the widest cell of a column. */
  readonly padding: number;
  /** Columns never get narrower than in text written before: for tables that are printed piece by piece. */
  readonly rememberWidths?: boolean;
}

/** Formats one piece of text, everything up to what would be a Flush. */
export type TabWriter = (text: string) => string;

/** What `kubectl describe` writes through. */
export const describeTabs: TabWriterOptions = { minWidth: 0, padding: 2 };
/** What `kubectl get` writes its tables through. */
export const tableTabs: TabWriterOptions = { minWidth: 6, padding: 3, rememberWidths: true };

/** Columns are counted in code points, as Go counts runes. */
function widthOf(cell: string): number {
  let width = 0;
  for (const _ of cell) width++;
  return width;
}

function splitLines(text: string): { lines: string[][]; endsWithNewline: boolean } {
  const lines = text.split(/[\n\f]/).map((line) => line.split(/[\t\v]/));
  // The text behind the last line break is a line only if there is some; its last cell only if it is not empty.
  const last = lines.pop()!;
  if (last.at(-1) === '') last.pop();
  if (last.length === 0) return { lines, endsWithNewline: true };
  return { lines: [...lines, last], endsWithNewline: false };
}

export function createTabWriter({ minWidth, padding, rememberWidths }: TabWriterOptions): TabWriter {
  const remembered: number[] = [];

  function remember(column: number, width: number): number {
    if (!rememberWidths) return width;
    return (remembered[column] = Math.max(remembered[column] ?? 0, width));
  }

  function formatLine(cells: string[], widths: readonly number[]): string {
    return cells.map((cell, column) => {
      const width = widths[column];
      return width === undefined ? cell : cell + ' '.repeat(width - widthOf(cell));
    }).join('');
  }

  /** Formats lines whose columns left of `widths.length` are known, run by run of lines that share the next column. */
  function formatBlock(lines: string[][], widths: readonly number[], out: string[]): void {
    const column = widths.length;
    const hasCell = (line: string[] | undefined) => line !== undefined && column < line.length - 1;
    for (let start = 0; start < lines.length;) {
      if (!hasCell(lines[start])) {
        out.push(formatLine(lines[start]!, widths));
        start++;
        continue;
      }
      let end = start;
      let width = minWidth;
      for (; hasCell(lines[end]); end++) width = Math.max(width, widthOf(lines[end]![column]!) + padding);
      formatBlock(lines.slice(start, end), [...widths, remember(column, width)], out);
      start = end;
    }
  }

  return (text) => {
    const { lines, endsWithNewline } = splitLines(text);
    const out: string[] = [];
    formatBlock(lines, [], out);
    return out.join('\n') + (endsWithNewline && out.length > 0 ? '\n' : '');
  };
}
