/**
 * Reads the YAML that programs write into kubeconfigs: block mappings and sequences of plain, quoted or empty
 * scalars, one per line. Anything else (anchors, flow collections, folded text, numbers, odd indentation) makes it
 * return undefined, and the caller takes the full parser. Small and without imports because every start reads a
 * kubeconfig.
 */
export function readSubset(text: string): Record<string, unknown> | undefined {
  const lines = splitLines(text);
  if (!lines) return undefined;
  const cursor = { at: 0 };
  try {
    const value = readMapping(lines, cursor, 0);
    return cursor.at === lines.length ? value : undefined;
  } catch (error) {
    if (error === unusual) return undefined;
    throw error;
  }
}

/** `key: value` (or `key:`) at an indentation; `item` when a dash stands before it. */
interface Line {
  indent: number;
  dash: boolean;
  key: string | undefined;
  value: string;
}

const unusual = new Error('not in the subset');

const linePattern = /^( *)(- )?(?:([A-Za-z][\w.-]*|"[^"\\]*"):(?: +(.*))?|(\S.*))$/;

function splitLines(text: string): Line[] | undefined {
  const lines: Line[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trimEnd();
    const start = line.trimStart();
    if (!start || start[0] === '#') continue;
    if (line === '---' && !lines.length) continue;
    const match = linePattern.exec(line);
    if (!match) return undefined;
    const [, indent, dash, key, value, bare] = match as unknown as [string, string, string?, string?, string?, string?];
    if (key === undefined && !dash) return undefined;
    lines.push({ indent: indent.length, dash: dash !== undefined, key: key?.replaceAll('"', ''), value: (key === undefined ? bare : value) ?? '' });
  }
  return lines;
}

type Cursor = { at: number };

function readMapping(lines: Line[], cursor: Cursor, indent: number): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (let line = lines[cursor.at]; line && line.indent === indent && !line.dash; line = lines[cursor.at]) {
    if (line.key === undefined || Object.hasOwn(result, line.key)) throw unusual;
    cursor.at++;
    result[line.key] = line.value ? scalar(line.value) : readNested(lines, cursor, indent);
  }
  return result;
}

function readNested(lines: Line[], cursor: Cursor, parentIndent: number): unknown {
  const next = lines[cursor.at];
  if (!next || next.indent < parentIndent) return null;
  if (next.dash) return readSequence(lines, cursor, next.indent);
  return next.indent > parentIndent ? readMapping(lines, cursor, next.indent) : null;
}

function readSequence(lines: Line[], cursor: Cursor, indent: number): unknown[] {
  const items: unknown[] = [];
  for (let line = lines[cursor.at]; line?.dash && line.indent === indent; line = lines[cursor.at]) {
    if (line.key === undefined) {
      cursor.at++;
      items.push(scalar(line.value));
    } else {
      // `- name: x` starts a mapping whose keys stand under `name`.
      lines[cursor.at] = { ...line, dash: false, indent: indent + 2 };
      items.push(readMapping(lines, cursor, indent + 2));
    }
  }
  return items;
}

const plain = /^[A-Za-z/][\w./+=~@%-]*(?::[\w./+=~@%-]+)*$/;
/** Words that YAML 1.1 takes for something else than text; `true` and `false` are meant as such. */
const word = /^(?:y|yes|n|no|on|off|null|~)$/i;

function scalar(text: string): unknown {
  if (text === '{}') return {};
  if (text === '[]') return [];
  if (text === '""' || text === "''") return '';
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  if (plain.test(text) && !word.test(text) && !/^(?:true|false)$/i.test(text)) return text;
  const quoted = /^"([^"\\]*)"$|^'([^']*)'$/.exec(text);
  if (!quoted) throw unusual;
  return quoted[1] ?? quoted[2];
}
