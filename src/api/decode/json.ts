import { parsePrecisely, type ParsedJson } from './json-precise';

export type { ParsedJson };

const none: ParsedJson['repeated'] = new Map();

/**
 * Parses with JSON.parse when that is exact, which one pass over the bytes tells: no number but plain integers of
 * up to 15 digits, and as many keys in the result as colons in the text. The slow parser does the rest.
 */
export function parseJson(body: Buffer): ParsedJson {
  const shape = scan(body);
  const text = withoutLoneSurrogates(body.toString('utf8'));
  if (shape) {
    try {
      const value: unknown = JSON.parse(text);
      if (countKeys(value) === shape.colons) return { value, repeated: none };
    } catch {
      // The precise parser says what is wrong, in Go's words.
    }
  }
  return parsePrecisely(text);
}

const pair = /^.u[dD][89abAB]..\\u/;

/** Half a surrogate pair is no character: Go reads the replacement character, and neither UTF-8 nor protobuf could hold it. */
function withoutLoneSurrogates(text: string): string {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return text;
  return text.replace(/\\(?:u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[dD][89a-fA-F][\da-fA-F]{2}|[^])/g,
    (escape) => (/^.u[dD][89a-fA-F]/.test(escape) && !pair.test(escape) ? '\\ufffd' : escape));
}

const Byte = {
  Quote: 0x22, Minus: 0x2d, Dot: 0x2e, Zero: 0x30, Nine: 0x39, Colon: 0x3a, E: 0x45, OpenList: 0x5b, Backslash: 0x5c,
  CloseList: 0x5d, LowerE: 0x65, OpenMap: 0x7b, CloseMap: 0x7d,
} as const;

const plainDigitsMax = 15;
/** Beyond it the precise parser refuses the document. */
const plainDepthMax = 500;

/** Undefined when the document needs the precise parser. */
function scan(body: Buffer): { colons: number } | undefined {
  let colons = 0;
  let depth = 0;
  let depthMax = 0;
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!;
    if (byte === Byte.Quote) {
      at = endOfString(body, at + 1);
    } else if (byte === Byte.Colon) {
      colons++;
    } else if (byte === Byte.OpenMap || byte === Byte.OpenList) {
      if (++depth > depthMax) depthMax = depth;
    } else if (byte === Byte.CloseMap || byte === Byte.CloseList) {
      depth--;
    } else if (byte === Byte.Minus || (byte >= Byte.Zero && byte <= Byte.Nine)) {
      const end = endOfPlainInteger(body, at);
      if (end < 0) return undefined;
      at = end - 1;
    }
  }
  return depthMax > plainDepthMax ? undefined : { colons };
}

function endOfString(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && body[at] !== Byte.Quote) at += body[at] === Byte.Backslash ? 2 : 1;
  return at;
}

function endOfPlainInteger(body: Buffer, from: number): number {
  let at = from + (body[from] === Byte.Minus ? 1 : 0);
  const first = at;
  while (at < body.length && body[at]! >= Byte.Zero && body[at]! <= Byte.Nine) at++;
  const next = body[at];
  const isMinusZero = first > from && body[first] === Byte.Zero;
  const hasMore = next === Byte.Dot || next === Byte.LowerE || next === Byte.E;
  return hasMore || isMinusZero || at - first > plainDigitsMax ? -1 : at;
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let count = 0;
  if (Array.isArray(value)) {
    for (const item of value) count += countKeys(item);
    return count;
  }
  for (const key of Object.keys(value)) count += 1 + countKeys((value as Record<string, unknown>)[key]);
  return count;
}
