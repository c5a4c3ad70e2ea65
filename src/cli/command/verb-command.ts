import { Command } from '@oclif/core/command';
import { UsageError } from '../argv/errors';
import { emptyList } from '../argv/normalise';
import { createSession, type Environment, type Session } from '../session';
import { globalFlags, type GlobalFlags } from '../flags/global';
import { defaultValue, type FlagTable, type FlagValues, type Input } from '../flags/spec';
import { oclifFlags } from './oclif-flags';

/** What the router and the help need of a command besides running it. */
export interface CommandClass {
  new (argv: string[], config: Command['config']): VerbCommand;
  readonly table: FlagTable;
  readonly summary?: string | undefined;
  readonly description?: string | undefined;
  readonly examples?: Command.Example[] | undefined;
  /** Behind the command's name: `(TYPE | TYPE/NAME) [NAME …]`. */
  readonly synopsis: string;
  /** What becomes of an error of this command, for one whose exit codes have meanings of their own. */
  readonly failure: ((error: unknown) => unknown) | undefined;
}

/**
 * The base of every command: its flags are `table` and the global ones, its arguments are free. `run()` reads the
 * input and hands it to a verb.
 */
export abstract class VerbCommand extends Command {
  static override strict = false;
  static table: FlagTable = {};
  static synopsis = '';
  static failure: ((error: unknown) => unknown) | undefined;

  /** Runs the command as oclif would; errors reject. */
  execute(): Promise<unknown> {
    return this._run();
  }

  /** The environment that the entry handed over with the configuration. */
  protected get environment(): Environment {
    return (this.config as unknown as { environment: Environment }).environment;
  }

  /** The command's flags over the global ones of the same name (debug has a --profile of its own). */
  protected async input<T extends FlagTable>(table: T): Promise<Input<T & GlobalFlags>> {
    const { flags, raw } = await this.parse({ flags: oclifFlags({ ...globalFlags, ...table }), strict: false });
    const tokens = raw.filter(({ type }) => type === 'arg').map(({ input }) => input);
    const dash = tokens.indexOf('--');
    return {
      flags: withoutEmptyLists(flags) as unknown as FlagValues<T & GlobalFlags>,
      changed: new Set(raw.flatMap((token) => (token.type === 'flag' ? [token.flag] : []))),
      args: dash < 0 ? tokens : tokens.toSpliced(dash, 1),
      argsBeforeDash: dash < 0 ? undefined : dash,
    };
  }

  /** Runs a verb in a session that the global flags describe. */
  protected async runVerb<T extends FlagTable>(table: T, verb: (session: Session, input: Input<T & GlobalFlags>) => Promise<void>): Promise<void> {
    const input = await this.input(table);
    const session = createSession(this.environment, ...globalsOf(input as unknown as Input<GlobalFlags>, table));
    try {
      await verb(session, input);
      const { warningsReceived: count } = session;
      if (count && input.flags['warnings-as-errors']) throw new UsageError(`Error: ${count} warning${count === 1 ? '' : 's'} received`);
    } finally {
      await session.close();
    }
  }

  /** oclif would look through process.argv and its registry here for deprecated names. */
  protected override async init(): Promise<void> {}

  /** Errors go to the entry, which prints them; oclif's own printing is not wanted. */
  protected override async catch(error: Error): Promise<never> {
    throw error;
  }
}

const withoutEmptyLists = (flags: Record<string, unknown>) => Object.fromEntries(Object.entries(flags).map(([name, value]) =>
  [name, Array.isArray(value) ? value.filter((part) => part !== emptyList) : value]));

/** The global flags and which of them were given. One that the command has for itself (`set subject --user`) was not. */
function globalsOf({ flags, changed }: Input<GlobalFlags>, table: FlagTable): [FlagValues<GlobalFlags>, ReadonlySet<string>] {
  const own = Object.entries(globalFlags).filter(([name]) => Object.hasOwn(table, name));
  const defaults = Object.fromEntries(own.map(([name, spec]) => [name, defaultValue(spec)]));
  return [{ ...flags, ...defaults }, new Set([...changed].filter((name) => !Object.hasOwn(defaults, name)))];
}
