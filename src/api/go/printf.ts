import { Float, Int } from './compare';
import { formatFloat, formatValue } from './format';
import { isPrint, quote } from './quote';
import { goSyntax } from './syntax';

interface Spec {
  verb: string;
  flags: string;
  width?: number;
  precision?: number;
}

const plainNumber = (value: unknown): number | bigint | undefined => {
  if (value instanceof Float || value instanceof Int) return value.value;
  return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
};

/** The type's name as fmt shows it in its complaints. */
export function typeName(value: unknown): string {
  if (value instanceof Float) return 'float64';
  if (value instanceof Int) return 'int';
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int64' : 'float64';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return '[]interface {}';
  return typeof value === 'object' ? 'map[string]interface {}' : typeof value === 'bigint' ? 'int64' : typeof value;
}

/** `%v` of a template's value. */
export function display(value: unknown): string {
  if (value instanceof Float) return formatFloat(value.value);
  return value instanceof Int ? String(value.value) : formatValue(value);
}

const signed = (text: string, flags: string) => (/^[-+]/.test(text) ? text : flags.includes('+') ? `+${text}` : flags.includes(' ') ? ` ${text}` : text);

function integer(value: bigint, { verb, flags, precision }: Spec): string {
  const bases: Record<string, number> = { d: 10, v: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
  const prefixes: Record<string, string> = { b: '0b', o: '0', O: '0o', x: '0x', X: '0X' };
  const digits = (value < 0n ? -value : value).toString(bases[verb]).padStart(precision ?? 0, '0');
  const prefix = verb === 'O' || flags.includes('#') ? (prefixes[verb] ?? '') : '';
  const text = prefix + (verb === 'X' ? digits.toUpperCase() : digits);
  return signed(value < 0n ? `-${text}` : text, flags);
}

function exponent(text: string): string {
  return text.replace(/e([-+])(\d)$/, 'e$10$2');
}

function float(value: number, { verb, flags, precision }: Spec): string {
  if (!Number.isFinite(value)) return signed(formatFloat(value).replace('+', ''), flags);
  if (verb === 'f' || verb === 'F') return signed(value.toFixed(Math.min(precision ?? 6, 100)), flags);
  if (verb === 'e' || verb === 'E') {
    const text = exponent(value.toExponential(precision ?? 6));
    return signed(verb === 'E' ? text.toUpperCase() : text, flags);
  }
  const text = precision === undefined ? formatFloat(value) : shortest(value, precision || 1);
  return signed(verb === 'G' ? text.toUpperCase() : text, flags);
}

/** `%.3g`. */
function shortest(value: number, precision: number): string {
  const [digits, power] = value.toExponential(precision - 1).split('e') as [string, string];
  const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (Number(power) < -4 || Number(power) >= precision) return exponent(`${trimmed(digits)}e${power}`);
  return trimmed(value.toFixed(Math.max(precision - 1 - Number(power), 0)));
}

const hexBytes = (text: string, verb: string, flags: string) => {
  const pairs = [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, '0'));
  const hex = (flags.includes('#') && pairs.length ? '0x' : '') + pairs.join(flags.includes(' ') ? ' ' : '');
  return verb === 'X' ? hex.toUpperCase() : hex;
};

function text(value: string, { verb, flags, precision }: Spec): string | undefined {
  const cut = precision === undefined ? value : [...value].slice(0, precision).join('');
  switch (verb) {
    case 'v': return flags.includes('#') ? quote(cut) : cut;
    case 's': return cut;
    case 'q': return flags.includes('#') && !cut.includes('`') && isPlainLine(cut) ? `\`${cut}\`` : quote(cut);
    case 'x': case 'X': return hexBytes(cut, verb, flags);
    default: return undefined;
  }
}

const isPlainLine = (value: string) => [...value].every((char) => char === '\t' || isPrint(char));

function character(code: number, { verb }: Spec): string {
  const char = String.fromCodePoint(code >= 0 && code <= 0x10ffff ? code : 0xfffd);
  if (verb === 'c') return char;
  if (verb === 'U') return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return char === "'" ? `'\\''` : `'${quote(char).slice(1, -1).replace(/^\\"$/, '"')}'`;
}

function number(value: number | bigint, isFloat: boolean, spec: Spec): string | undefined {
  const { verb } = spec;
  if (isFloat) return 'eEfFgGv'.includes(verb) ? float(Number(value), spec) : undefined;
  if ('dboOxXv'.includes(verb)) return integer(BigInt(value), spec);
  return 'cqU'.includes(verb) ? character(Number(value), spec) : undefined;
}

/** Undefined for a verb that does not fit the value. Lists and maps apply the verb to what they hold. */
function format(value: unknown, spec: Spec): string | undefined {
  if (spec.verb === 'T') return typeName(value);
  if (value === null || value === undefined) return spec.verb === 'v' ? '<nil>' : undefined;
  if (typeof value === 'string') return text(value, spec);
  if (typeof value === 'boolean') return 'tv'.includes(spec.verb) ? String(value) : undefined;
  const numeric = plainNumber(value);
  if (numeric !== undefined) return number(numeric, value instanceof Float || (typeof value === 'number' && !Number.isInteger(value)), spec);
  if (spec.verb === 'v' && spec.flags.includes('#')) return goSyntax(value);
  return composite(value as object, spec);
}

function composite(value: object, spec: Spec): string {
  const item = (member: unknown) => format(member, spec) ?? complaint(member, spec.verb);
  if (Array.isArray(value)) return `[${value.map(item).join(' ')}]`;
  const map = value as Record<string, unknown>;
  return `map[${Object.keys(map).sort().map((key) => `${item(key)}:${item(map[key])}`).join(' ')}]`;
}

const complaint = (value: unknown, verb: string) =>
  value === null || value === undefined ? `%!${verb}(<nil>)` : `%!${verb}(${typeName(value)}=${display(value)})`;

function pad(formatted: string, value: unknown, { width = 0, flags, verb }: Spec): string {
  const missing = width - [...formatted].length;
  if (missing <= 0) return formatted;
  if (flags.includes('-')) return formatted + ' '.repeat(missing);
  const zeros = flags.includes('0') && (plainNumber(value) !== undefined || 'sqx'.includes(verb));
  if (!zeros) return ' '.repeat(missing) + formatted;
  const sign = /^[-+ ]/.exec(formatted)?.[0] ?? '';
  return sign + '0'.repeat(missing) + formatted.slice(sign.length);
}

const directive = /%([-+# 0]*)(\*|\d+)?(?:\.(\*|\d*))?(.)?/gsu;

/** fmt.Sprintf over decoded JSON, its complaints included. */
export function sprintf(template: string, args: unknown[]): string {
  let used = 0;
  const star = (written: string | undefined) => (written === '*' ? Number(plainNumber(args[used++]) ?? 0) : written === undefined ? undefined : Number(written));
  const out = template.replace(directive, (_, flags: string, width?: string, precision?: string, verb?: string) => {
    const spec: Spec = { flags, width: star(width), precision: star(precision), verb: verb ?? '' };
    if (verb === undefined) return '%!(NOVERB)';
    if (verb === '%') return '%';
    if (used >= args.length) return `%!${verb}(MISSING)`;
    const value = args[used++];
    return pad(format(value, spec) ?? complaint(value, verb), value, spec);
  });
  const extra = args.slice(used).map((value) => (value === null || value === undefined ? '<nil>' : `${typeName(value)}=${display(value)}`));
  return extra.length ? `${out}%!(EXTRA ${extra.join(', ')})` : out;
}

/** fmt.Sprint: spaces only between operands of which neither is a string. */
export function sprint(args: unknown[]): string {
  return args.map((arg, i) => (i > 0 && typeof arg !== 'string' && typeof args[i - 1] !== 'string' ? ' ' : '') + display(arg)).join('');
}

/** fmt.Sprintln. */
export const sprintln = (args: unknown[]): string => `${args.map(display).join(' ')}\n`;
