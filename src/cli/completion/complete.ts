import { toInput } from '../argv/normalise';
import { bareValue, parseArgv } from '../argv/parse';
import { globalFlags, type GlobalFlags } from '../flags/global';
import { defaultValue, isMultiple, type FlagSpec, type FlagTable, type FlagValues } from '../flags/spec';
import { createSession, type Environment, type Session } from '../session';
import type { ProgramTree } from '../program-tree';
import { argumentCandidates, directive, insidePod, wordsOf, type Candidates } from './candidates';
import { readLine, type Line } from './line';
import { flagSubjects, outputFormats, subjects, type Subject } from './subjects';

/** How long the user's key may wait for the server. */
const timeout = '5s';

const names = new Map<number, string>([
  [directive.noSpace, 'ShellCompDirectiveNoSpace'], [directive.noFiles, 'ShellCompDirectiveNoFileComp'],
  [directive.filterExtensions, 'ShellCompDirectiveFilterFileExt'], [directive.filterDirectories, 'ShellCompDirectiveFilterDirs'],
]);

interface Described extends Candidates {
  /** Behind each word, where there is something to say. */
  summaries?: readonly string[];
}

/**
 * `__complete WORD …`: what the last word may become, one a line with its description behind a tab, then a colon and
 * the directive. The protocol is that of github.com/spf13/cobra, so scripts made for kubectl work with it.
 */
export async function complete(words: readonly string[], environment: Environment, { described }: { described: boolean }): Promise<void> {
  const { words: found, directive: bits, summaries = [] } = await candidates(words, environment).catch((): Described => ({ words: [], directive: directive.default }));
  const lines = found.map((word, index) => (described && summaries[index] ? `${word}\t${summaries[index]}` : word));
  environment.streams.out.write([...lines, `:${bits}`].map((line) => `${line}\n`).join(''));
  const told = [...names].filter(([bit]) => bits & bit).map(([, name]) => name).join(', ');
  environment.streams.err.write(`Completion ended with directive: ${told || 'ShellCompDirectiveDefault'}\n`);
}

async function candidates(words: readonly string[], environment: Environment): Promise<Described> {
  const { program } = environment;
  const last = words.at(-1) ?? '';
  const { path, rest } = commandOf(words.slice(0, -1), program!);
  const table: FlagTable = { ...globalFlags, ...await program!.table(path) };
  const line = readLine([...rest, last], table);
  if (line.at.what === 'flag') return flagNames(path, table, line);
  if (line.at.what === 'argument' && !line.args.length && hasWords(path, program!)) {
    const found = program!.words(path).filter(({ name }) => name.startsWith(line.begun));
    if (found.length || !program!.has(path)) return { words: found.map(({ name }) => name), summaries: found.map(({ summary }) => summary), directive: directive.noFiles };
  }
  const session = sessionOf([...rest], environment, table);
  try {
    return line.at.what === 'value' ? await valueCandidates(session, path, line.at.flag, line) : await ofArgument(session, path, line);
  } finally {
    await session.close();
  }
}

const hasWords = (path: string, program: ProgramTree) => !path || program.words(path).length > 0;

function commandOf(before: readonly string[], program: ProgramTree): { path: string; rest: string[] } {
  const { path, argv } = program.find(before);
  return { path, rest: argv };
}

/** Of a command whose words are not known, files: that is the shell's own choice. */
async function ofArgument(session: Session, path: string, line: Line): Promise<Candidates> {
  const subject = subjects[path];
  return subject ? argumentCandidates(session, subject, line) : { words: [], directive: directive.default };
}

async function valueCandidates(session: Session, path: string, flag: string, line: Line): Promise<Candidates> {
  const matching = (words: readonly string[]) => ({ words: words.filter((word) => word.startsWith(line.begun)), directive: directive.noFiles });
  if (flag === 'output') return matching(outputFormats(path));
  const subject = flagSubjects[flag];
  if (!subject) return { words: [], directive: directive.default };
  if (subject.of === 'files') return { words: [...subject.extensions], directive: directive.filterExtensions };
  if (subject.of === 'directories') return { words: [], directive: directive.filterDirectories };
  if (subject.of === 'containers') return matching(line.args[0] ? await insidePod(session, 'containers', line.args[0], '') : []);
  return matching(await wordsOf(session, subject as Subject));
}

/** The global ones first, then the command's own; those that are given already only where they may be repeated. */
function flagNames(path: string, table: FlagTable, { begun, given }: Line): Described {
  const own = Object.entries(table).filter(([name]) => !Object.hasOwn(globalFlags, name) || name === 'help');
  const global = Object.entries(table).filter(([name]) => Object.hasOwn(globalFlags, name) && name !== 'help');
  const ordered = path ? [...sorted(global), ...sorted(own)] : sorted([...global, ...own]);
  const offered = ordered.filter(([name, spec]) => !given.has(name) || isMultiple(spec)).flatMap(([name, spec]) => spellings(name, spec));
  const found = offered.filter(([word]) => word.startsWith(begun));
  return { words: found.map(([word]) => word), summaries: found.map(([, summary]) => summary), directive: directive.noFiles };
}

const sorted = (entries: [string, FlagSpec][]) => entries.sort(([a], [b]) => (a < b ? -1 : 1));

const spellings = (name: string, { short, help }: FlagSpec): [string, string][] =>
  [[`--${name}`, help], ...(short ? [[`-${short}`, help] as [string, string]] : [])];

/** With the flags that stand on the line already, as far as they can be read. */
function sessionOf(argv: readonly string[], environment: Environment, table: FlagTable): Session {
  const given = readable(argv, table);
  const quiet = { ...environment, streams: { ...environment.streams, in: environment.streams.in, err: { write: () => undefined } } };
  const defaults = Object.fromEntries(Object.entries(globalFlags).map(([name, spec]) => [name, defaultValue(spec)]));
  const flags = { ...defaults, ...Object.fromEntries(Object.entries(given.flags).filter(([name]) => name in globalFlags)), 'request-timeout': timeout };
  return createSession(quiet, flags as unknown as FlagValues<GlobalFlags>, given.changed);
}

function readable(argv: readonly string[], table: FlagTable): { flags: Record<string, unknown>; changed: ReadonlySet<string> } {
  const last = argv.at(-1) ?? '';
  const spec = last.startsWith('--') && !last.includes('=') ? table[last.slice(2)] : Object.values(table).find(({ short }) => last === `-${short}`);
  // A flag whose value is still to come.
  const words = spec && bareValue(spec) === undefined ? argv.slice(0, -1) : argv;
  try {
    return toInput(parseArgv(words, table), table) as unknown as { flags: Record<string, unknown>; changed: ReadonlySet<string> };
  } catch {
    return { flags: {}, changed: new Set() };
  }
}
