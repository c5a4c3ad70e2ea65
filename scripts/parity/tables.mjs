// In a table the widest cell of a column sets where the next one begins; a generated cell would move all of them.
const padding = 3;
const heading = /^[A-Z][A-Z0-9()/-]*( [A-Z(][A-Z0-9()/-]*)*( {2,}[A-Z][A-Z0-9()/-]*( [A-Z(][A-Z0-9()/-]*)*)+ *$/;

/** Every table whose columns are exactly as wide as their cells ask, with its cells one gap apart; the rest as it is. */
export function withPlainTables(text) {
  const lines = text.split('\n');
  const result = [];
  for (let at = 0; at < lines.length;) {
    const end = heading.test(lines[at]) ? endOfTable(lines, at) : at + 1;
    result.push(...plain(lines.slice(at, end)));
    at = end;
  }
  return result.join('\n');
}

function endOfTable(lines, from) {
  const end = lines.findIndex((line, index) => index > from && (line === '' || heading.test(line)));
  return end < 0 ? lines.length : end;
}

function plain(lines) {
  const starts = [...lines[0].matchAll(/\S+( \S+)*/g)].map(({ index }) => index);
  const rows = lines.map((line) => starts.map((start, column) => line.slice(start, starts[column + 1])));
  const tight = starts.slice(1).every((next, column) => next - starts[column] === Math.max(...rows.map((row) => row[column].trimEnd().length)) + padding);
  return lines.length > 1 && tight ? rows.map((row) => row.map((cell) => cell.trimEnd()).join(' '.repeat(padding))) : lines;
}
