/**
 * One flag, as data: the argv normaliser, the oclif command, the help text and the hot path all read the same table.
 * Types after pflag: `strings` is a StringArray (each occurrence one value), `list` a StringSlice (commas split too),
 * `pairs` a list of KEY=VALUE, `map` the same as a StringToString reads it, `duration` is in milliseconds.
 */
export interface FlagSpec {
  readonly type: 'bool' | 'string' | 'int' | 'int32' | 'duration' | 'strings' | 'list' | 'pairs' | 'map';
  /** One letter. */
  readonly short?: string;
  /** As kubectl prints it in help; the type's zero value when absent. */
  readonly default?: string | number | boolean | readonly string[];
  /** The value of the flag without one (pflag's NoOptDefVal): `--dry-run` means `--dry-run=unchanged`. Booleans need none. */
  readonly bare?: string;
  readonly help: string;
  /** Accepted but not shown in help. */
  readonly hidden?: boolean;
  /** What there is to say of it where it is given all the same. */
  readonly deprecated?: string;
}

export type FlagTable = Readonly<Record<string, FlagSpec>>;

type ValueOf<Type extends FlagSpec['type']> = Type extends 'bool' ? boolean
  : Type extends 'int' | 'int32' | 'duration' ? number
  : Type extends 'strings' | 'list' | 'pairs' | 'map' ? string[]
  : string;

export type FlagValue<S extends FlagSpec> = ValueOf<S['type']>;

/** Every flag of a table has a value: the given one, else its default. */
export type FlagValues<T extends FlagTable> = { [K in keyof T]: FlagValue<T[K]> };

/** What a verb gets from the command line. */
export interface Input<T extends FlagTable = FlagTable> {
  readonly flags: FlagValues<T>;
  /** Names of the flags that the user gave. */
  readonly changed: ReadonlySet<string>;
  /** Without the command's own words. */
  readonly args: readonly string[];
  /** How many of the args stood before `--`; undefined without it. */
  readonly argsBeforeDash: number | undefined;
}

const zero = { bool: false, string: '', int: 0, int32: 0, duration: 0 } as const;

/** Flags whose occurrences add up. */
export const isMultiple = (spec: FlagSpec): spec is FlagSpec & { type: 'strings' | 'list' | 'pairs' | 'map' } =>
  spec.type === 'strings' || spec.type === 'list' || spec.type === 'pairs' || spec.type === 'map';

export function defaultValue(spec: FlagSpec): boolean | string | number | string[] {
  if (isMultiple(spec)) return [...((spec.default ?? []) as readonly string[])];
  return (spec.default as Exclude<typeof spec.default, readonly string[]>) ?? zero[spec.type as keyof typeof zero];
}

/** Checks that a table is one, and keeps its literal types. */
export const flagTable = <const T extends FlagTable>(table: T): T => table;
