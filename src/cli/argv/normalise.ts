import { defaultValue, isMultiple, type FlagSpec, type FlagTable, type Input } from '../flags/spec';
import { UsageError } from './errors';
import { parseArgv, type ParsedArgv, type ParsedFlag } from './parse';
import { isNumber, valuesOf } from './values';

/**
 * The argv of one command in the only spelling that oclif reads as pflag would: every flag long, each scalar once (the
 * last one given), booleans as `--watch` or `--no-watch`, values behind `=`, and then `--` and the arguments, a second
 * `--` marking where the user's own stood.
 * Throws UsageError with kubectl's text.
 */
export function normalise(argv: readonly string[], table: FlagTable, command: string): string[] {
  const parsed = parseWithUsage(argv, table, command);
  const scalars = new Map(parsed.flags.map((flag, index) => [flag.name, index]));
  const flags = parsed.flags.flatMap((flag, index) =>
    isMultiple(flag.spec) ? multiple(flag) : scalars.get(flag.name) === index ? [single(flag)] : []);
  return [...flags, '--', ...withDash(parsed)];
}

export function parseWithUsage(argv: readonly string[], table: FlagTable, command: string): ParsedArgv {
  try {
    return parseArgv(argv, table);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw new UsageError(`error: ${error.message}\nSee '${command} --help' for usage.`);
  }
}

/** The values of a parsed command line without oclif in between; the hot path takes this way. */
export function toInput<T extends FlagTable>({ flags, args, argsBeforeDash }: ParsedArgv, table: T): Input<T> {
  const values: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(table)) values[name] = defaultValue(spec);
  const changed = new Set<string>();
  for (const { name, spec, value } of flags) {
    // The first occurrence takes the place of the default.
    if (isMultiple(spec)) values[name] = [...(changed.has(name) ? (values[name] as string[]) : []), ...valuesOf(spec, value)];
    else values[name] = toValue(spec, value);
    changed.add(name);
  }
  return { flags: values as Input<T>['flags'], changed, args, argsBeforeDash };
}

export function toValue(spec: FlagSpec, text: string): string | number | boolean {
  if (spec.type === 'bool') return text === 'true';
  return isNumber(spec) ? Number(text) : text;
}

const single = ({ name, spec, value }: ParsedFlag): string =>
  spec.type === 'bool' ? `--${value === 'true' ? '' : 'no-'}${name}` : `--${name}=${shield(value)}`;

/** Stands for a list that was given and is empty: `--address=`. No argument of a process can hold it. */
export const emptyList = '\0';

function multiple({ name, spec, value }: ParsedFlag): string[] {
  const values = valuesOf(spec, value);
  return (values.length ? values : [emptyList]).map((part) => `--${name}=${shield(part)}`);
}

/**
 * oclif takes a value that looks like one of the command's flags for that flag. An equals sign before it prevents
 * that; `unshield` takes it off again.
 */
const shield = (value: string): string => (value === '' || /^[-=]/.test(value) ? `=${value}` : value);
export const unshield = (value: string): string => (value.startsWith('=') ? value.slice(1) : value);

function withDash({ args, argsBeforeDash }: ParsedArgv): string[] {
  return argsBeforeDash === undefined ? args : args.toSpliced(argsBeforeDash, 0, '--');
}
