export type Fields = { ok: string[] } | { problem: string };

const wrong = (column: number, what: string): Fields => ({ problem: `parse error on line 1, column ${column}: ${what}` });

/** One record, with the errors of Go's encoding/csv, which counts columns in bytes from 1. */
export function csvFields(record: string): Fields {
  const fields: string[] = [];
  for (let at = 0; ; at++) {
    const start = at;
    const quoted = record[start] === '"';
    const end = quoted ? endOfQuoted(record, start) : endOfBare(record, start);
    if (typeof end !== 'number') return end;
    const text = record.slice(start, end);
    fields.push(quoted ? text.slice(1, -1).replaceAll('""', '"') : text);
    at = end;
    if (at >= record.length) return { ok: fields };
  }
}

const columnOf = (record: string, at: number): number => Buffer.byteLength(record.slice(0, at)) + 1;

function endOfBare(record: string, start: number): number | Fields {
  const comma = record.indexOf(',', start);
  const end = comma < 0 ? record.length : comma;
  const mark = record.slice(start, end).indexOf('"');
  return mark < 0 ? end : wrong(columnOf(record, start + mark), 'bare " in non-quoted-field');
}

/** Behind the closing mark. */
function endOfQuoted(record: string, start: number): number | Fields {
  for (let at = start + 1; ; at += 2) {
    at = record.indexOf('"', at);
    if (at < 0) return wrong(columnOf(record, record.length), 'extraneous or missing " in quoted-field');
    const next = record[at + 1];
    if (next === undefined || next === ',') return at + 1;
    if (next !== '"') return wrong(columnOf(record, at), 'extraneous or missing " in quoted-field');
  }
}
