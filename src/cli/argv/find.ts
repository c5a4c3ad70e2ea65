import type { FlagTable } from '../flags/spec';
import { UsageError } from './errors';
import { bareValue } from './parse';
import { suggestions } from './suggest';
import { quote } from './values';

/** The words of every command: `get`, `config view`. A group such as `config` is there through its members. */
export interface CommandTree {
  /** The path by its proper words: `create svc` is `create service`. */
  canonical(path: string): string;
  has(path: string): boolean;
  /** Is it the beginning of longer paths? */
  isGroup(path: string): boolean;
  /** Names at the top, aliases and hidden ones left out. */
  names(): string[];
}

export interface Found {
  /** `config view`; '' is the program itself. */
  path: string;
  /** What is left of the command line: flags anywhere, arguments. */
  argv: string[];
}

/**
 * Which command a line means, after cobra's Find: global flags may stand before and between its words, and a flag
 * that cobra does not know at that place swallows the next word. Throws UsageError for an unknown command.
 */
export function findCommand(argv: readonly string[], tree: CommandTree, globals: FlagTable, program: string): Found {
  let path = '';
  let rest = [...argv];
  for (;;) {
    const index = firstWord(rest, globals);
    const word = rest[index];
    const longer = tree.canonical(path ? `${path} ${word}` : word ?? '');
    if (word === undefined || !(tree.has(longer) || tree.isGroup(longer))) {
      if (!path && word !== undefined) throw unknownCommand(word, argv, tree, program);
      return { path, argv: rest };
    }
    path = longer;
    rest = rest.toSpliced(index, 1);
  }
}

/** The index of the first token that is neither a flag nor a flag's value; -1 when there is none. */
function firstWord(argv: readonly string[], globals: FlagTable): number {
  for (let index = 0; index < argv.length; index++) {
    const token = argv[index]!;
    if (token === '--') return -1;
    if (!token.startsWith('-') && token !== '') return index;
    if (takesNext(token, globals)) index++;
  }
  return -1;
}

function takesNext(token: string, globals: FlagTable): boolean {
  if (!token.startsWith('-') || token.includes('=')) return false;
  if (token.startsWith('--')) {
    const spec = globals[token.slice(2)];
    return !spec || bareValue(spec) === undefined;
  }
  if (token.length !== 2) return false;
  const spec = Object.values(globals).find(({ short }) => short === token[1]);
  return !spec || bareValue(spec) === undefined;
}

function unknownCommand(word: string, argv: readonly string[], tree: CommandTree, program: string): UsageError {
  // kubectl looks for a plugin then, and plugins take no flags before their name.
  if (argv[0]!.startsWith('-')) return new UsageError(`Error: flags cannot be placed before plugin name: ${argv[0]}`);
  const similar = suggestions(word, tree.names());
  const hint = similar.length ? `\n\nDid you mean this?\n${similar.map((name) => `\t${name}\n`).join('')}` : '';
  return new UsageError(`error: unknown command ${quote(word)} for ${quote(program)}${hint}`);
}
