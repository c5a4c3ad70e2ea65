import type { FlagSpec } from '../flags/spec';
import { csvFields, type Fields } from './csv';

/** The canonical text of a value, or what Go's strconv and time say about it. */
export type Parsed = { ok: string } | { problem: string };

/** Quoted as Go's %q and strconv.Quote do, for ordinary text. */
export const quote = (text: string): string => JSON.stringify(text);

const booleans: Record<string, boolean> = {
  '1': true, t: true, T: true, TRUE: true, true: true, True: true,
  '0': false, f: false, F: false, FALSE: false, false: false, False: false,
};

function parseBool(text: string): Parsed {
  const value = Object.hasOwn(booleans, text) ? booleans[text] : undefined;
  return value === undefined ? { problem: `strconv.ParseBool: parsing ${quote(text)}: invalid syntax` } : { ok: String(value) };
}

/** strconv.ParseInt with base 0: prefixes 0x, 0o, 0b and 0, underscores between digits. */
const parseInt0 = (bits: number) => (text: string): Parsed => {
  const match = /^([+-]?)(0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|0[0-7_]*|[1-9][\d_]*)$/.exec(text);
  if (!match) return { problem: `strconv.ParseInt: parsing ${quote(text)}: invalid syntax` };
  const digits = match[2]!.replaceAll('_', '').replace(/^0([0-7]+)$/, '0o$1');
  const value = BigInt(digits) * (match[1] === '-' ? -1n : 1n);
  if (BigInt.asIntN(bits, value) !== value) return { problem: `strconv.ParseInt: parsing ${quote(text)}: value out of range` };
  return { ok: String(value) };
};

const unitMs: Record<string, number> = { ns: 1e-6, us: 1e-3, 'µs': 1e-3, 'μs': 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** time.ParseDuration; the result is in milliseconds. */
function parseDuration(text: string): Parsed {
  const [, sign, rest] = /^([+-]?)(.*)$/s.exec(text)!;
  if (rest === '0') return { ok: '0' };
  if (!rest || !/^[\d.]/.test(rest)) return { problem: `time: invalid duration ${quote(text)}` };
  let total = 0;
  for (const [, number, unit] of rest.matchAll(/(\d*\.?\d*)([^\d.]*)/g)) {
    if (!number && !unit) continue;
    if (number === '.' || !number) return { problem: `time: invalid duration ${quote(text)}` };
    if (!unit) return { problem: `time: missing unit in duration ${quote(text)}` };
    if (!Object.hasOwn(unitMs, unit)) return { problem: `time: unknown unit ${quote(unit)} in duration ${quote(text)}` };
    total += Number(number) * unitMs[unit]!;
  }
  return { ok: String(sign === '-' ? -total : total) };
}

/** A MapStringString of k8s.io/component-base. */
function parsePairs(text: string): Parsed {
  return pairsIn(text).every((pair) => pair.includes('=')) ? { ok: text } : { problem: 'malformed pair, expect string=string' };
}

/** A StringToString of pflag: a text with one equals sign is one pair, whatever its commas. */
function parseMap(text: string): Parsed {
  const wrong = entriesIn(text).find((entry) => !entry.includes('='));
  return wrong === undefined ? { ok: text } : { problem: `${wrong} must be formatted as key=value` };
}

function entriesIn(text: string): string[] {
  const signs = text.split('=').length - 1;
  return signs === 1 ? [text.replace(/^"+|"+$/g, '')] : signs ? splitList(text) : [text];
}

const pairsIn = (text: string): string[] => text.split(',').filter(Boolean);

const asIs = (text: string): Parsed => ({ ok: text });

const parsers: Record<FlagSpec['type'], (text: string) => Parsed> = {
  bool: parseBool, int: parseInt0(64), int32: parseInt0(32), duration: parseDuration, string: asIs, strings: asIs, list: parseList, pairs: parsePairs, map: parseMap,
};

export const isNumber = ({ type }: FlagSpec): boolean => type === 'int' || type === 'int32' || type === 'duration';

export const parseValue = (spec: FlagSpec, text: string): Parsed => parsers[spec.type](text);

/** The values that one occurrence of a flag adds. */
export function valuesOf({ type }: FlagSpec, text: string): string[] {
  if (type === 'list') return splitList(text);
  if (type === 'map') return entriesIn(text);
  return type === 'pairs' ? pairsIn(text).map(trimPair) : [text];
}

function trimPair(pair: string): string {
  const [key, ...value] = pair.split('=');
  return `${key!.trim()}=${value.join('=').trim()}`;
}

/** The parts of a StringSlice value: one record of CSV. */
function splitList(text: string): string[] {
  const fields = listFields(text);
  return 'ok' in fields ? fields.ok : [];
}

const listFields = (text: string): Fields => (text.includes('"') ? csvFields(text) : { ok: text ? text.split(',') : [] });

function parseList(text: string): Parsed {
  const fields = listFields(text);
  return 'ok' in fields ? { ok: text } : fields;
}
