import { findCommand } from '../cli/argv/find';
import { globalFlags } from '../cli/flags/global';
import { programName } from '../cli/program';
import type { ProgramTree, Word } from '../cli/program-tree';
import { aliases, groups, registry } from './registry';

const entries: Readonly<Record<string, { summary: string }>> = { ...registry, ...groups };

/** What is there besides the commands of the registry. */
const others: readonly Word[] = [{ name: 'help', summary: 'Help about a command' }, { name: 'options', summary: 'List the flags of all commands' }];

export const tree: ProgramTree = {
  canonical: (path) => aliases[path] ?? path,
  has: (path) => path in registry,
  isGroup: (path) => path in groups,
  names: () => [...new Set(Object.keys(entries).map((path) => path.split(' ')[0]!))].sort(),
  words: (path) => {
    const depth = path ? path.split(' ').length : 0;
    const below = Object.entries(entries).filter(([each]) => each.split(' ').length === depth + 1 && (!path || each.startsWith(`${path} `)));
    const words = below.map(([each, { summary }]) => ({ name: each.split(' ').at(-1)!, summary }));
    return [...words, ...(path ? [] : others)].sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  table: async (path) => (await registry[path]?.load())?.default.table ?? {},
  find: (argv) => findCommand(argv, tree, globalFlags, programName),
};
