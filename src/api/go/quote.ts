const escapes: Record<string, string> = {
  '\x07': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v', '"': '\\"', '\\': '\\\\',
};

const plain = /^[ !#-[\]-~]*$/;
const printable = /^[\p{L}\p{M}\p{N}\p{P}\p{S} ]$/u;

/** Go's unicode.IsPrint for one code point. */
export function isPrint(char: string): boolean {
  return printable.test(char);
}

const hex = (code: number, width: number) => code.toString(16).padStart(width, '0');

function escapeUnprintable(char: string): string {
  const code = char.codePointAt(0)!;
  if (code < 0x80) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\U${hex(code, 8)}`;
}

/** Lone surrogates as U+FFFD, which is what they are in Go's UTF-8. */
const wellFormed = (text: string) => text.replace(/\p{Cs}/gu, '\ufffd');

/** strconv.Quote, which is also `%q` of a string. */
export function quote(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  let out = '"';
  for (const char of wellFormed(text)) out += escapes[char] ?? (isPrint(char) ? char : escapeUnprintable(char));
  return out + '"';
}

/** `%#U` of a code point: `U+0041 'A'`, without the character when it is not printable. */
export function codePoint(char: string): string {
  const notation = `U+${hex(char.codePointAt(0)!, 4).toUpperCase()}`;
  return isPrint(char) ? `${notation} '${char}'` : notation;
}
