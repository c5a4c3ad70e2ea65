/**
 * JSON with the integers that Go keeps and a JavaScript number does not: those of an int64 beyond ±2^53 are bigints.
 * Larger ones are doubles, in Go as here.
 */

/** An integer long enough to matter, as it stands in a text; digits within a string cost a second look, no more. */
const longInteger = /[:,[\s]-?\d{16}/;
const stringOrLongInteger = /"(?:[^"\\]|\\.)*"|(?<![\w.+-])-?\d{16,}(?![\d.eE])/g;

/** No text of an API object starts so. */
const mark = '\0integer ';

/** JSON.parse, exact. Throws a SyntaxError. */
export function parseExactJson(text: string): unknown {
  if (!hasLongInteger(text)) return JSON.parse(text);
  const marked = text.replace(stringOrLongInteger, (token) => (token.startsWith('"') ? token : JSON.stringify(mark + token)));
  return JSON.parse(marked, (_, value: unknown) => (typeof value === 'string' && value.startsWith(mark) ? exactInteger(BigInt(value.slice(mark.length))) : value));
}

export const hasLongInteger = (text: string): boolean => longInteger.test(text);

/** As a number where one holds it or Go would not either, else as it is. */
export function exactInteger(value: bigint): number | bigint {
  const number = Number(value);
  return !Number.isSafeInteger(number) && BigInt.asIntN(64, value) === value ? value : number;
}

/** JSON.stringify, `indent` in spaces, of what parseExactJson gives. */
export function exactJson(value: unknown, indent?: number): string {
  try {
    return JSON.stringify(value, undefined, indent);
  } catch (error) {
    // JSON.stringify refuses bigints; most objects have none.
    return withIntegers(value, indent, error);
  }
}

function withIntegers(value: unknown, indent: number | undefined, refusal: unknown): string {
  const integers: string[] = [];
  const text = JSON.stringify(value, (_, member: unknown) => (typeof member === 'bigint' ? `${mark}${integers.push(String(member)) - 1}` : member), indent);
  if (!integers.length) throw refusal;
  return text.replace(/"\\u0000integer (\d+)"/g, (_, index: string) => integers[Number(index)]!);
}
