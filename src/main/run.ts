import type { Found } from '../cli/argv/find';
import { normalise, parseWithUsage } from '../cli/argv/normalise';
import { UsageError } from '../cli/argv/errors';
import { changeCauseOf } from '../cli/change-cause';
import { commandConfig } from '../cli/command/config';
import type { CommandClass } from '../cli/command/verb-command';
import { ExitError, isHelpError, outcomeOf } from '../cli/errors';
import { isDisabled, isEnabled } from '../cli/feature-gates';
import { globalFlags } from '../cli/flags/global';
import { programName } from '../cli/program';
import type { Environment } from '../cli/session';
import { groups, registry } from './registry';
import { tree } from './tree';

/** Runs one command line; what goes wrong is on stderr afterwards. Resolves to the exit code. */
export async function run(argv: readonly string[], environment: Environment): Promise<number> {
  try {
    await dispatch(argv, { ...environment, program: tree });
    return 0;
  } catch (error) {
    const { text, exitCode } = outcomeOf(error);
    if (text) environment.streams.err.write(text);
    if (text && environment.streams.err.isTTY) environment.streams.err.write(await (await import('./hints')).hintLine(text, argv, environment));
    return exitCode;
  }
}

/** `help get` is `get --help`. */
const spellOut = (argv: readonly string[]): readonly string[] => (argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv);

async function dispatch(given: readonly string[], environment: Environment): Promise<void> {
  const argv = spellOut(isEnabled(environment, 'KUBECTL_KUBERC') && given.length ? await (await import('../cli/kuberc')).preferred(given, environment) : given);
  if (argv[0] === 'options') {
    const { globalHelp } = await import('./help');
    environment.streams.out.write(globalHelp());
    return;
  }
  if (argv[0] === '__complete' || argv[0] === '__completeNoDesc') {
    const { complete } = await import('../cli/completion/complete');
    return complete(argv.slice(1), environment, { described: argv[0] === '__complete' });
  }
  const found = await findOrPlugin(argv, environment, given[0] !== 'help');
  if (!found) return;
  const { path, argv: rest } = found;
  const entry = registry[path];
  if (!entry) return runGroup(path, rest, environment);
  const { default: Cmd } = await entry.load();
  try {
    await runCommand(Cmd, path, rest, environment);
  } catch (error) {
    if (isHelpError(error)) environment.streams.out.write((await import('./help')).commandHelp(path, Cmd));
    throw Cmd.failure ? Cmd.failure(error) : error;
  }
}

/** Undefined when a plugin took the line. It may add commands, and those that `create` lacks. After NewDefaultKubectlCommandWithArgs. */
async function findOrPlugin(argv: readonly string[], environment: Environment, mayBePlugin: boolean): Promise<Found | undefined> {
  const plugin = async (wordsMin?: number) => mayBePlugin && (await import('../cli/plugins/run')).runPlugin(argv, environment, wordsMin);
  try {
    const found = tree.find(argv);
    const mayHaveMore = found.path === 'create' && found.argv[0] !== undefined && !found.argv[0].startsWith('-') && !isDisabled(environment, 'KUBECTL_ENABLE_CMD_SHADOW');
    return mayHaveMore && await plugin(argv.length - found.argv.length + 1) ? undefined : found;
  } catch (error) {
    if (argv[0] && !argv[0].startsWith('-') && await plugin()) return undefined;
    throw error;
  }
}

async function runCommand(Cmd: CommandClass, path: string, argv: readonly string[], environment: Environment): Promise<void> {
  const table = { ...globalFlags, ...Cmd.table };
  const command = `${programName} ${path}`;
  const parsed = parseWithUsage(argv, table, command);
  if (parsed.flags.some(({ name, value }) => name === 'help' && value === 'true')) {
    const { commandHelp } = await import('./help');
    environment.streams.out.write(commandHelp(path, Cmd));
    return;
  }
  for (const { name, spec } of parsed.flags) {
    if (spec.deprecated) environment.streams.err.write(`Flag --${name} has been deprecated, ${spec.deprecated}\n`);
  }
  const records = parsed.flags.findLast(({ name }) => name === 'record')?.value === 'true';
  const changeCause = records ? { changeCause: changeCauseOf([programName, ...path.split(' ')], parsed) } : {};
  await new Cmd(normalise(argv, table, command), commandConfig({ ...environment, ...changeCause })).execute();
}

/** A group alone prints its help on stderr and fails, the program alone succeeds; both after kubectl. */
async function runGroup(path: string, argv: readonly string[], { streams }: Environment): Promise<void> {
  const command = path ? `${programName} ${path}` : programName;
  const { args, flags } = parseWithUsage(argv, globalFlags, command);
  const { groupHelp, programHelp } = await import('./help');
  const wanted = flags.some(({ name }) => name === 'help');
  if (!path) {
    streams.out.write(programHelp());
    return;
  }
  if (wanted || groups[path]?.lenient) {
    streams.out.write(groupHelp(path));
    return;
  }
  if (args.length) throw new UsageError(`error: unknown command ${JSON.stringify(args.join(' '))}\nSee '${command} -h' for help and examples`);
  streams.err.write(groupHelp(path));
  throw new ExitError(1);
}
