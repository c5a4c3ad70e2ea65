import type { FlagSpec, FlagTable } from '../flags/spec';
import { UsageError } from './errors';
import { parseValue, quote } from './values';

export interface ParsedFlag {
  name: string;
  spec: FlagSpec;
  value: string;
}

export interface ParsedArgv {
  /** In order; a scalar flag given twice stands twice. Values are canonical text. */
  flags: ParsedFlag[];
  args: string[];
  /** How many args stood before `--`. */
  argsBeforeDash: number | undefined;
}

/**
 * Reads a command line as spf13/pflag does with interspersed arguments: `--flag=x`, `--flag x`, `-f x`, `-fx`, `-f=x`,
 * bundled shorthands, flags whose value may be absent, `--`. Throws UsageError with pflag's words, without kubectl's
 * closing line.
 */
export function parseArgv(argv: readonly string[], table: FlagTable): ParsedArgv {
  const result: ParsedArgv = { flags: [], args: [], argsBeforeDash: undefined };
  const shorts = shorthands(table);
  const rest = [...argv];
  for (let token = rest.shift(); token !== undefined; token = rest.shift()) {
    if (token === '--') {
      result.argsBeforeDash = result.args.length;
      result.args.push(...rest.splice(0));
    } else if (token.startsWith('--')) {
      result.flags.push(readLong(token, rest, table));
    } else if (token.startsWith('-') && token !== '-') {
      result.flags.push(...readShorts(token, rest, shorts));
    } else {
      result.args.push(token);
    }
  }
  return result;
}

type Named = { name: string; spec: FlagSpec };

function shorthands(table: FlagTable): Map<string, Named> {
  return new Map(Object.entries(table).flatMap(([name, spec]) => (spec.short ? [[spec.short, { name, spec }] as const] : [])));
}

/** The value that a flag takes when it stands alone; undefined when it needs one. */
export const bareValue = (spec: FlagSpec): string | undefined => spec.bare ?? (spec.type === 'bool' ? 'true' : undefined);

function readLong(token: string, rest: string[], table: FlagTable): ParsedFlag {
  const equals = token.indexOf('=');
  const name = token.slice(2, equals < 0 ? undefined : equals);
  if (!name || name.startsWith('-')) throw new UsageError(`bad flag syntax: ${token}`);
  // Underscores mean dashes, as in kubectl's word separator normalisation.
  const known = name.replaceAll('_', '-');
  const spec = Object.hasOwn(table, known) ? table[known] : undefined;
  if (!spec) throw new UsageError(`unknown flag: --${name}`);
  const flag = { name: known, spec };
  if (equals >= 0) return checked(flag, token.slice(equals + 1));
  const value = bareValue(spec) ?? rest.shift();
  if (value === undefined) throw new UsageError(`flag needs an argument: --${known}`);
  return checked(flag, value);
}

function* readShorts(token: string, rest: string[], shorts: Map<string, Named>): Generator<ParsedFlag> {
  for (let letters = token.slice(1); letters; ) {
    const letter = letters[0]!;
    const flag = shorts.get(letter);
    if (!flag) throw new UsageError(`unknown shorthand flag: ${goRune(letter)} in -${letters}`);
    const bare = bareValue(flag.spec);
    const after = letters.slice(1);
    if (after.startsWith('=') && letters.length > 2) return void (yield checked(flag, after.slice(1)));
    if (bare !== undefined) {
      yield checked(flag, bare);
      letters = after;
      continue;
    }
    const value = after || rest.shift();
    if (value === undefined) throw new UsageError(`flag needs an argument: ${goRune(letter)} in -${letters}`);
    return void (yield checked(flag, value));
  }
}

const goRune = (letter: string) => `'${letter}'`;

function checked({ name, spec }: Named, text: string): ParsedFlag {
  const parsed = parseValue(spec, text);
  if ('problem' in parsed) {
    const label = spec.short ? `-${spec.short}, --${name}` : `--${name}`;
    throw new UsageError(`invalid argument ${quote(text)} for ${quote(label)} flag: ${parsed.problem}`);
  }
  return { name, spec, value: parsed.ok };
}
