/** What a plain scalar means. Sources: go-yaml v2's resolve. */
export type Resolved =
  | { tag: 'null'; value: null }
  | { tag: 'bool'; value: boolean }
  | { tag: 'int'; value: bigint }
  | { tag: 'float'; value: number }
  | { tag: 'timestamp' | 'merge' | 'str'; value: string };

const cases = (word: string) => [word, word[0]!.toUpperCase() + word.slice(1), word.toUpperCase()];
const words = new Map<string, Resolved>();
for (const word of ['yes', 'true', 'on'].flatMap(cases).concat('y', 'Y')) words.set(word, { tag: 'bool', value: true });
for (const word of ['no', 'false', 'off'].flatMap(cases).concat('n', 'N')) words.set(word, { tag: 'bool', value: false });
for (const word of ['', '~', ...cases('null')]) words.set(word, { tag: 'null', value: null });
for (const word of ['.nan', '.NaN', '.NAN']) words.set(word, { tag: 'float', value: NaN });
for (const sign of ['', '+', '-']) {
  for (const word of ['.inf', '.Inf', '.INF']) words.set(sign + word, { tag: 'float', value: sign === '-' ? -Infinity : Infinity });
}

/** Longer than any of the words. */
const maxWordLength = 6;

const timestamp = /^\d{4}-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(?:Z|[-+](\d\d):(\d\d))| (\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/;

function isTimestamp(text: string): boolean {
  const match = timestamp.exec(text);
  if (!match) return false;
  const [month, day, hour, minute, second, zoneHour, zoneMinute] = [1, 2, 3, 4, 5, 6, 7].map((group) => Number(match[group] ?? match[group + 5] ?? 0)) as
    [number, number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59 || zoneHour > 24 || zoneMinute > 60) return false;
  return new Date(Date.UTC(Number(text.slice(0, 4)) || 2000, month - 1, day)).getUTCMonth() === month - 1;
}

const bases: [RegExp, (digits: string) => bigint][] = [
  [/^0[xX]([0-9a-fA-F]+)$/, (digits) => BigInt(`0x${digits}`)],
  [/^0[oO]?([0-7]+)$/, (digits) => BigInt(`0o${digits}`)],
  [/^0[bB]([01]+)$/, (digits) => BigInt(`0b${digits}`)],
  [/^(0|[1-9]\d*)$/, BigInt],
];

/** strconv.ParseInt, then ParseUint, in base 0. */
function parseInteger(text: string): bigint | undefined {
  const sign = /^[-+]/.exec(text)?.[0] ?? '';
  const digits = text.slice(sign.length);
  for (const [pattern, convert] of bases) {
    const match = pattern.exec(digits);
    if (!match) continue;
    const value = sign === '-' ? -convert(match[1]!) : convert(match[1]!);
    const max = sign ? 2n ** 63n - 1n : 2n ** 64n - 1n;
    return value <= max && value >= -(2n ** 63n) ? value : undefined;
  }
  return undefined;
}

const float = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/;

function parseFloatWord(text: string): number | undefined {
  if (!float.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

const misplacedUnderscore = /(?<!\d)_|_(?!\d)/;

function resolveNumber(text: string): Resolved | undefined {
  if (isTimestamp(text)) return { tag: 'timestamp', value: text };
  const plain = text.replaceAll('_', '');
  const integer = parseInteger(plain);
  if (integer !== undefined) return { tag: 'int', value: integer };
  const number = parseFloatWord(plain);
  return number === undefined ? undefined : { tag: 'float', value: number };
}

export function resolvePlain(text: string): Resolved {
  if (text.length < maxWordLength) {
    const word = words.get(text);
    if (word) return word;
  }
  const first = text.charCodeAt(0);
  if (first === 0x2e) {
    // Here, strconv.ParseFloat gets the underscores, and wants them between digits.
    const value = misplacedUnderscore.test(text) ? undefined : parseFloatWord(text.replaceAll('_', ''));
    if (value !== undefined) return { tag: 'float', value };
  } else if ((first >= 0x30 && first <= 0x39) || first === 0x2b || first === 0x2d) {
    const number = resolveNumber(text);
    if (number) return number;
  } else if (text === '<<') return { tag: 'merge', value: text };
  return { tag: 'str', value: text };
}
