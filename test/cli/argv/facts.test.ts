import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import facts from '../../../scripts/facts/kubectl-flags.json';
import { globalFlags } from '../../../src/cli/flags/global';
import { defaultValue, type FlagSpec, type FlagTable } from '../../../src/cli/flags/spec';
import type { CommandClass } from '../../../src/cli/command/verb-command';

type Fact = { default: string; short?: string };
const upstream = facts as unknown as Record<string, { flags: Record<string, Fact> }>;

/** A default as kubectl's help shows it. */
function shown(spec: FlagSpec): string {
  const value = defaultValue(spec);
  if (spec.type === 'pairs') return '\'\'';
  if (Array.isArray(value)) return `[${value.join(',')}]`;
  if (spec.type === 'string') return `'${String(value)}'`;
  if (spec.type === 'duration') return value === 0 ? '0s' : /^(\d+)000$/.exec(String(value))![1]! + 's';
  return String(value);
}

function compare(table: FlagTable, flags: Record<string, Fact>, except: readonly string[] = []) {
  const ours = Object.entries(table).filter(([name]) => name in flags && !except.includes(name)).map(([name, spec]) => [name, shown(spec), spec.short]);
  const theirs = ours.map(([name]) => [name, flags[name as string]!.default.replace("'$HOME/.kube/cache'", "''").replace('1m0s', '60s') || "''", flags[name as string]!.short]);
  expect(ours).toEqual(theirs);
}

test('global flags are kubectl\'s', () => {
  // --profile means something else here: docs/adr/0005-profile-flag.md
  compare(globalFlags, upstream['*']!.flags, ['profile']);
  expect(Object.keys(upstream['*']!.flags).filter((name) => !(name in globalFlags))).toEqual([]);
});

const root = join(__dirname, '../../../src/commands');
const files = (dir = ''): string[] => readdirSync(join(root, dir)).flatMap((name) =>
  statSync(join(root, dir, name)).isDirectory() ? files(join(dir, name)) : name.endsWith('.ts') ? [join(dir, name.slice(0, -3))] : []);

test.each(files().map((file) => [file.replaceAll('/', ' '), file]).filter(([command]) => command! in upstream))('%s has kubectl\'s flags', async (command, file) => {
  const { default: Cmd } = (await import(join(root, file!))) as { default: CommandClass };
  compare(Cmd.table, upstream[command!]!.flags);
  expect(Object.keys(upstream[command!]!.flags).filter((name) => !(name in Cmd.table))).toEqual([]);
});
