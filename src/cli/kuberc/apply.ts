import { parseValue, quote } from '../argv/values';
import { globalFlags } from '../flags/global';
import type { FlagTable } from '../flags/spec';
import { programName } from '../program';
import type { ProgramTree } from '../program-tree';
import type { FlagDefault, Preference } from './preference';

/** The command line that preferences make of one. Throws in kubectl's words. After k8s.io/kubectl/pkg/kuberc. */
export async function applyPreference(argv: readonly string[], preference: Preference, program: ProgramTree, warn: (text: string) => void): Promise<readonly string[]> {
  const known = find(argv, program);
  return known ? override(argv, known, preference, program, warn) : expand(argv, preference, program, warn);
}

const find = (argv: readonly string[], program: ProgramTree) => {
  try {
    return program.find(argv);
  } catch {
    return undefined;
  }
};

const words = (command: string) => command.split(/\s+/).filter(Boolean);

const lost = (command: string) => `Warning: command ${quote(command)} not found to set kuberc override\n`;

/** An alias in the place of a command. */
async function expand(argv: readonly string[], { aliases = [], overrides = [] }: Preference, program: ProgramTree, warn: (text: string) => void): Promise<readonly string[]> {
  const at = argv.findIndex((word) => !word.startsWith('-'));
  const alias = aliases.find(({ name }) => name === argv[at]);
  if (!alias) return argv;
  if (find([alias.name], program)) {
    warn(`Warning: Setting alias ${quote(alias.name)} to a built-in command is not supported\n`);
    return argv;
  }
  const command = find(words(alias.command), program);
  if (!command?.path) throw new Error(`command ${quote(alias.command)} not found to set alias ${quote(alias.name)}: [${words(alias.command).join(' ')}]`);
  const table: FlagTable = { ...globalFlags, ...await program.table(command.path) };
  const defaults = (alias.flags ?? []).flatMap((flag) => {
    if (!table[flag.name]) throw new Error(`invalid alias flag ${flag.name} in alias ${programName}`);
    if (isGiven(flag.name, table, argv)) return [];
    const problem = problemOf(flag, table);
    if (problem) throw new Error(`could not apply value ${flag.default} to flag ${flag.name} in alias ${programName} err: ${problem}`);
    return [`--${flag.name}=${flag.default}`];
  });
  for (const { command: of } of overrides) {
    if (of.trim() === alias.name) throw new Error(`alias ${alias.name} can not be overridden`);
    if (!find(words(of), program)) warn(lost(of));
  }
  const [before, after] = [argv.slice(0, at), argv.slice(at + 1)];
  return [...before, ...command.path.split(' '), ...defaults, ...command.argv, ...(alias.prependArgs ?? []), ...after, ...(alias.appendArgs ?? [])];
}

/** Other defaults for flags that are not given. */
async function override(argv: readonly string[], { path, argv: rest }: { path: string; argv: readonly string[] }, { overrides = [] }: Preference, program: ProgramTree, warn: (text: string) => void): Promise<readonly string[]> {
  const table: FlagTable = { ...globalFlags, ...await program.table(path) };
  const defaults: string[] = [];
  for (const { command, flags = [] } of overrides) {
    const found = find(words(command), program);
    if (!found) warn(lost(command));
    // Upstream goes by the last word alone.
    if (!found || found.path.split(' ').at(-1) !== path.split(' ').at(-1)) continue;
    for (const flag of flags) {
      if (!table[flag.name]) throw new Error(`invalid flag ${flag.name} for command ${command}`);
      if (isGiven(flag.name, table, argv)) continue;
      const problem = problemOf(flag, table);
      if (problem) throw new Error(`could not apply override value ${flag.default} to flag ${flag.name} in command ${command} err: ${problem}`);
      defaults.push(`--${flag.name}=${flag.default}`);
    }
  }
  return defaults.length ? [...path.split(' '), ...defaults, ...rest] : argv;
}

/** As upstream looks for it, which is not quite how flags are read. */
function isGiven(name: string, table: FlagTable, argv: readonly string[]): boolean {
  const short = table[name]?.short;
  const isShort = (word: string) => short !== undefined && (word.startsWith(`-${short}`) || (/^-[a-zA-Z]+$/.test(word) && word.includes(short)));
  return argv.some((word) => word === `--${name}` || word.startsWith(`--${name}=`) || isShort(word));
}

function problemOf({ name, default: value }: FlagDefault, table: FlagTable): string {
  const spec = table[name]!;
  const parsed = parseValue(spec, value);
  return 'problem' in parsed ? `invalid argument ${quote(value)} for "${spec.short ? `-${spec.short}, ` : ''}--${name}" flag: ${parsed.problem}` : '';
}

/** The file of --kuberc, '' for none, and the line without the flag. Throws when it names none. */
export function withoutKuberc(argv: readonly string[]): { file: string; argv: readonly string[] } {
  const end = argv.indexOf('--');
  const at = argv.findIndex((word, index) => (end < 0 || index < end) && (word === '--kuberc' || word.startsWith('--kuberc=')));
  if (at < 0) return { file: '', argv };
  const alone = argv[at] === '--kuberc';
  const file = alone ? argv[at + 1] : argv[at]!.split('=')[1];
  if (!file) throw new Error('kuberc file is not found');
  return { file, argv: argv.toSpliced(at, alone ? 2 : 1) };
}
