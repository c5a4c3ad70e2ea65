import { resolvePlain } from './resolve';

/** A text that YAML cannot carry. */
export class YamlError extends Error {
  override readonly name = 'YamlError';
}

/** Lines are broken at the first space beyond this column. */
const bestWidth = 80;

// Line and paragraph separators count as line breaks; tabs and everything outside the BMP as unprintable.
export const notPrintable = /[^\n\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;
export const lineBreak = /[\n\u2028\u2029]/;
export const edgeSpace = /^[ \n\u2028\u2029]|[ \n\u2028\u2029]$/;
export const spaceBeforeBreak = / [\n\u2028\u2029]/;
export const spaceAfterBreak = /[\n\u2028\u2029] /;
/** What would be read as something else than text of a plain scalar. */
export const indicators = /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[?-](?:[ \t]|$)|:(?:[ \t]|$)|[ \t\n\u2028\u2029]#/;
/** Sexagesimal numbers are not read, but are quoted for others who do. */
export const sexagesimal = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/;
const harmless = /^[A-Za-z][\w./@=+-]*$/;

export interface Place {
  /** Of the first character. */
  column: number;
  /** Of continuation lines, in spaces. */
  indent: number;
  /** Before a colon on the same line: no line breaks. */
  key?: boolean;
}

type Style = 'plain' | 'single' | 'double' | 'literal';

/** Source: stringv of go-yaml's encoder, yaml_emitter_select_scalar_style. */
function styleOf(text: string, key: boolean | undefined): Style {
  const special = notPrintable.test(text);
  if (!key && text.includes('\n')) return special || text.endsWith(' ') || spaceBeforeBreak.test(text) ? 'double' : 'literal';
  if (key && lineBreak.test(text)) return 'double';
  const { tag } = resolvePlain(text);
  if ((tag !== 'str' && tag !== 'merge') || sexagesimal.test(text)) return 'double';
  if (special || spaceBeforeBreak.test(text) || spaceAfterBreak.test(text)) return 'double';
  return edgeSpace.test(text) || lineBreak.test(text) || indicators.test(text) ? 'single' : 'plain';
}

/** The YAML of a string, without the line's end; a literal block brings its own. */
export function formatString(text: string, place: Place): string {
  if (harmless.test(text) && resolvePlain(text).tag === 'str') return text;
  switch (styleOf(text, place.key)) {
    case 'plain': return fold(text, place);
    case 'single': return `'${fold(text.replaceAll("'", "''"), { ...place, column: place.column + 1 }, true)}'`;
    case 'double': return `"${foldDouble(text, { ...place, column: place.column + 1 })}"`;
    case 'literal': return literal(text, place.indent);
  }
}

/** Whether a text must be written after `? `. Source: yaml_emitter_check_simple_key. */
export const isLongKey = (text: string) => text.length > 32 && Buffer.byteLength(text) > 128 || /[\n\r\u2028\u2029]/.test(text);

const lineStart = (indent: number) => `\n${' '.repeat(indent)}`;

/** Breaks at lone spaces beyond the best width. In quotes, neither the first nor the last character is such a space. */
function fold(text: string, { column, indent, key }: Place, quoted = false): string {
  if (key || (column + text.length <= bestWidth && !lineBreak.test(text))) return text;
  const chars = [...text];
  let out = '';
  let afterBreak = false;
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!;
    const lone = char === ' ' && chars[i - 1] !== ' ' && chars[i + 1] !== ' ' && (!quoted || (i > 0 && i < chars.length - 1));
    if (lone && column > bestWidth) {
      out += lineStart(indent);
      column = indent;
    } else if (lineBreak.test(char)) {
      out += char;
      column = 0;
      afterBreak = true;
    } else {
      if (afterBreak) {
        out += ' '.repeat(indent);
        column = indent;
        afterBreak = false;
      }
      out += char;
      column++;
    }
  }
  return out;
}

const shortEscapes: Record<string, string> = {
  '\0': '0', '\x07': 'a', '\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r', '\x1b': 'e', '"': '"', '\\': '\\',
  '\u0085': 'N', '\u00a0': '_', '\u2028': 'L', '\u2029': 'P',
};
export const escapable = /[^\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]|["\\\u2028\u2029]/u;

export function escape(char: string): string {
  const short = shortEscapes[char];
  if (short) return `\\${short}`;
  const code = char.codePointAt(0)!;
  const hex = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

function foldDouble(text: string, { column, indent, key }: Place): string {
  const chars = [...text];
  // Upstream looks for a byte order mark at the start of the text whatever the position, and escapes all if it finds one.
  const escapesAll = chars[0] === '\ufeff';
  let out = '';
  for (let i = 0; i < chars.length; i++) {
    const char = chars[i]!;
    if (char === ' ' && !escapesAll && !key && chars[i - 1] !== ' ' && column > bestWidth && i > 0 && i < chars.length - 1) {
      out += lineStart(indent);
      column = indent;
      // A space at the start of a line would be lost.
      if (chars[i + 1] === ' ') {
        out += '\\';
        column++;
      }
      continue;
    }
    const written = escapesAll || escapable.test(char) ? escape(char) : char;
    out += written;
    column += char === written ? 1 : written.length;
  }
  return out;
}

/** How many spaces the block is indented by, where its first line does not show it. */
export const indentHint = (text: string) => (/^[ \n\u2028\u2029]/.test(text) ? '2' : '');

export function chomping(text: string): string {
  if (!/[\n\u2028\u2029]$/.test(text)) return '-';
  return /^.$|[\n\u2028\u2029].$/su.test(text) ? '+' : '';
}

function literal(text: string, indent: number): string {
  const margin = ' '.repeat(indent);
  return `|${indentHint(text)}${chomping(text)}\n${text.replace(/^(?=[^\n\u2028\u2029])|(?<=[\n\u2028\u2029])(?=[^\n\u2028\u2029])/g, margin)}`;
}
