import type { CommandClass } from '../cli/command/verb-command';
import { defaultValue, type FlagSpec, type FlagTable } from '../cli/flags/spec';
import { globalFlags } from '../cli/flags/global';
import { groups, registry } from './registry';

const program = 'knarr';
const sections = [
  ['Cluster', 'Your cluster'], ['Basic', 'Work with resources'], ['Inspect', 'Look and find out'], ['Settings', 'Settings'],
] as const;

/** What `knarr` alone prints. */
export function programHelp(): string {
  const rows = Object.entries({ ...registry, ...groups });
  const parts = sections.map(([section, title]) => list(title, rows.filter(([, row]) => row.section === section).map(([path, { summary }]) => [path, summary])));
  return `knarr runs a Kubernetes cluster on this machine and speaks to any cluster as kubectl does.\n\n${parts.filter(Boolean).join('\n')}
Usage:
  ${program} COMMAND [flags]

"${program} COMMAND --help" tells more about a command, "${program} options" lists the flags of all commands.
`;
}

export function groupHelp(group: string): string {
  const members = Object.entries(registry).filter(([path]) => path.startsWith(`${group} `));
  return `${groups[group]!.summary}\n\n${list('Commands', members.map(([path, { summary }]) => [path.slice(group.length + 1), summary]))}
Usage:
  ${program} ${group} COMMAND [flags]
`;
}

export function commandHelp(path: string, command: CommandClass): string {
  const examples = (command.examples ?? []).map((example) => `  ${typeof example === 'string' ? example : `# ${example.description}\n  ${example.command}`}\n`);
  const description = command.description ? `\n${command.description.trim()}\n` : '';
  return `${registry[path]?.summary ?? command.summary ?? ''}\n${description}${examples.length ? `\nExamples:\n${examples.join('\n')}` : ''}
${flagList('Flags', command.table)}Usage:
  ${program} ${path}${command.synopsis ? ` ${command.synopsis}` : ''} [flags]

"${program} options" lists the flags of all commands.
`;
}

/** `knarr options` */
export const globalHelp = (): string => flagList('These flags go with every command', globalFlags);

function list(title: string, rows: (readonly [string, string])[]): string {
  if (!rows.length) return '';
  const width = Math.max(...rows.map(([name]) => name.length)) + 3;
  return `${title}:\n${rows.map(([name, text]) => `  ${name.padEnd(width)}${text}\n`).join('')}`;
}

function flagList(title: string, table: FlagTable): string {
  const rows = Object.entries(table).filter(([, spec]) => !spec.hidden).sort(([a], [b]) => a.localeCompare(b))
    .map(([name, spec]) => [flagLabel(name, spec), spec.help] as const);
  return rows.length ? `${list(title, rows)}\n` : '';
}

function flagLabel(name: string, spec: FlagSpec): string {
  const short = spec.short && spec.short !== name ? `-${spec.short}, ` : '';
  const value = defaultValue(spec);
  const shown = Array.isArray(value) ? `[${value.join(',')}]` : typeof value === 'string' ? `'${value}'` : spec.type === 'duration' ? `${Number(value) / 1000}s` : String(value);
  return `${short}--${name}=${shown}`;
}
