import { parseGoDuration } from '../../../api/duration';
import { quote } from '../../../api/go/quote';

/** When a CronJob runs: the times of the clock it fires at, or every so often. */
export type Schedule =
  | { readonly everyMs: number }
  | {
    readonly minutes: ReadonlySet<number>;
    readonly hours: ReadonlySet<number>;
    readonly daysOfMonth: ReadonlySet<number>;
    readonly months: ReadonlySet<number>;
    /** 0 is Sunday. */
    readonly daysOfWeek: ReadonlySet<number>;
    /** With both days restricted either is enough, else both must fit. */
    readonly anyDayOfMonth: boolean;
    readonly anyDayOfWeek: boolean;
  };

/** Says what is wrong with a schedule in the words of github.com/robfig/cron/v3, whose ParseStandard upstream uses. */
export class ScheduleError extends Error {}

interface Field {
  readonly min: number;
  readonly max: number;
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { min: 0, max: 59 }, { min: 0, max: 23 }, { min: 1, max: 31 },
  { min: 1, max: 12, names: ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { min: 0, max: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

function number(text: string): number {
  if (!/^[+-]?[0-9]+$/.test(text)) throw new ScheduleError(`failed to parse int from ${text}: strconv.Atoi: parsing ${quote(text)}: invalid syntax`);
  if (Number(text) < 0) throw new ScheduleError(`negative number (${Number(text)}) not allowed: ${text}`);
  return Number(text);
}

function numberOrName(text: string, names: readonly string[] | undefined): number {
  const at = text ? names?.indexOf(text.toLowerCase()) ?? -1 : -1;
  return at >= 0 ? at : number(text);
}

interface Range {
  start: number;
  end: number;
  step: number;
}

function rangeOf(expression: string, field: Field): Range {
  const [span = '', stepText, ...moreSlashes] = expression.split('/');
  const [low = '', high, ...moreHyphens] = span.split('-');
  const any = low === '*' || low === '?';
  const start = any ? field.min : numberOrName(low, field.names);
  if (!any && moreHyphens.length > 0) throw new ScheduleError(`too many hyphens: ${expression}`);
  const single = any ? field.max : high === undefined ? start : numberOrName(high, field.names);
  if (moreSlashes.length > 0) throw new ScheduleError(`too many slashes: ${expression}`);
  // `5/15` is `5-59/15`.
  const openEnded = stepText !== undefined && high === undefined;
  return { start, end: openEnded ? field.max : single, step: stepText === undefined ? 1 : number(stepText) };
}

function checked({ start, end, step }: Range, { min, max }: Field, expression: string): Range {
  if (start < min) throw new ScheduleError(`beginning of range (${start}) below minimum (${min}): ${expression}`);
  if (end > max) throw new ScheduleError(`end of range (${end}) above maximum (${max}): ${expression}`);
  if (start > end) throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${expression}`);
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${expression}`);
  return { start, end, step };
}

function valuesOf(text: string, field: Field): Set<number> {
  const values = new Set<number>();
  for (const expression of text.split(',').filter(Boolean)) {
    const { start, end, step } = checked(rangeOf(expression, field), field, expression);
    for (let value = start; value <= end; value += step) values.add(value);
  }
  return values;
}

const isAny = (text: string) => text.split(',').some((expression) => /^[*?](\/1)?$/.test(expression));

const descriptors: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *', '@annually': '0 0 1 1 *', '@monthly': '0 0 1 * *', '@weekly': '0 0 * * 0', '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *', '@hourly': '0 * * * *',
};

const everyPrefix = '@every ';
const second = 1000;

function parseDescriptor(text: string): Schedule {
  const standard = descriptors[text];
  if (standard) return parseFields(standard);
  if (!text.startsWith(everyPrefix)) throw new ScheduleError(`unrecognized descriptor: ${text}`);
  try {
    const ms = parseGoDuration(text.slice(everyPrefix.length));
    return { everyMs: Math.max(second, ms - ms % second) };
  } catch (error) {
    throw new ScheduleError(`failed to parse duration ${text}: ${(error as Error).message}`);
  }
}

function parseFields(text: string): Schedule {
  const texts = text.split(/\s+/).filter(Boolean);
  if (texts.length !== fields.length) throw new ScheduleError(`expected exactly ${fields.length} fields, found ${texts.length}: [${texts.join(' ')}]`);
  const [minutes, hours, daysOfMonth, months, daysOfWeek] = texts.map((one, i) => valuesOf(one, fields[i]!)) as [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>];
  return { minutes, hours, daysOfMonth, months, daysOfWeek, anyDayOfMonth: isAny(texts[2]!), anyDayOfWeek: isAny(texts[4]!) };
}

/** Five fields or a descriptor (`@hourly`, `@every 5m`). Throws ScheduleError. */
export function parseSchedule(text: string): Schedule {
  if (!text) throw new ScheduleError('empty spec string');
  return text.startsWith('@') ? parseDescriptor(text) : parseFields(text);
}
