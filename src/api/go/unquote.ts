const simple: Record<string, string> = { a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\' };
const hexDigits: Record<string, number> = { x: 2, u: 4, U: 8 };

const invalid = () => new Error('invalid syntax');

/** One escape sequence behind the backslash at `at - 1`. Source: strconv.UnquoteChar. */
function escapeAt(text: string, at: number, delimiter: string): { char: string; next: number } {
  const kind = text[at] ?? '';
  if (Object.hasOwn(simple, kind)) return { char: simple[kind]!, next: at + 1 };
  if (kind === delimiter) return { char: kind, next: at + 1 };
  if (/[0-7]/.test(kind)) return codeAt(text, at, 3, 8, 255);
  const digits = hexDigits[kind];
  if (!digits) throw invalid();
  return codeAt(text, at + 1, digits, 16, 0x10ffff);
}

function codeAt(text: string, at: number, length: number, base: number, max: number): { char: string; next: number } {
  const digits = text.slice(at, at + length);
  const code = parseInt(digits, base);
  const wellFormed = digits.length === length && (base === 8 ? /^[0-7]+$/ : /^[\da-fA-F]+$/).test(digits);
  if (!wellFormed || code > max || (code >= 0xd800 && code <= 0xdfff)) throw invalid();
  return { char: String.fromCodePoint(code), next: at + length };
}

/** The text inside quotes of either kind, with Go's escapes resolved. Throws `invalid syntax`. */
export function unquote(quoted: string): string {
  const delimiter = quoted[0]!;
  const text = quoted.slice(1, -1);
  if (quoted.length < 2 || quoted.at(-1) !== delimiter || !`"'`.includes(delimiter)) throw invalid();
  let out = '';
  for (let at = 0; at < text.length; ) {
    if (text[at] === delimiter) throw invalid();
    if (text[at] !== '\\') {
      out += text[at++];
      continue;
    }
    const { char, next } = escapeAt(text, at + 1, delimiter);
    out += char;
    at = next;
  }
  return out;
}
