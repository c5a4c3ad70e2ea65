import { Readable } from 'node:stream';
import facts from '../../scripts/facts/kubectl-flags.json';
import { systemClock } from '../../src/api/clock';
import { normalise, parseWithUsage, toInput } from '../../src/cli/argv/normalise';
import { commandConfig } from '../../src/cli/command/config';
import { globalFlags } from '../../src/cli/flags/global';
import type { FlagSpec, FlagTable, Input } from '../../src/cli/flags/spec';
import { groups, registry } from '../../src/main/registry';

const upstream = facts as unknown as Record<string, { flags: Record<string, { default: string; short?: string }> }>;

const commands = Object.keys(upstream).filter((command) => command !== '*' && !(command in groups && !(command in registry)));

test('no command is missing', () => {
  expect(commands.filter((command) => !(command in registry))).toEqual([]);
});

const samples: Record<FlagSpec['type'], [text: string, value: unknown]> = {
  bool: ['false', false], string: ['a b', 'a b'], int: ['7', 7], int32: ['-7', -7], duration: ['1m30s', 90_000],
  strings: ['a,b', ['a,b']], list: ['a,b', ['a', 'b']], pairs: ['a=b,c=d', ['a=b', 'c=d']], map: ['a=b,c=d', ['a=b', 'c=d']],
};

/** kubectl's flags besides booleans whose value may be left out, and what that means. */
const bare: Record<string, string> = { 'dry-run': 'unchanged', 'validate': 'strict', 'cascade': 'background' };

interface Flag {
  name: string;
  short: string | undefined;
  spec: FlagSpec;
}

/** A spelling: its words, undefined where it does not go with the flag, and the value that comes of it. */
type Form = (flag: Flag) => { words: string[]; value: unknown } | undefined;

const text = ({ spec }: Flag) => samples[spec.type][0];
const sample = ({ spec }: Flag) => samples[spec.type][1];
const mayBeBare = ({ name, spec }: Flag) => spec.type === 'bool' || name in bare;
const valueAlone = ({ name, spec }: Flag) => (spec.type === 'bool' ? true : bare[name]);

const forms: Record<string, Form> = {
  '--flag=value': (flag) => ({ words: [`--${flag.name}=${text(flag)}`], value: sample(flag) }),
  '--flag value': (flag) => (mayBeBare(flag) ? { words: [`--${flag.name}`], value: valueAlone(flag) } : { words: [`--${flag.name}`, text(flag)], value: sample(flag) }),
  '--flag_with_underscores=value': (flag) => ({ words: [`--${flag.name.replaceAll('-', '_')}=${text(flag)}`], value: sample(flag) }),
  '-f value': (flag) => flag.short === undefined ? undefined
    : mayBeBare(flag) ? { words: [`-${flag.short}`], value: valueAlone(flag) } : { words: [`-${flag.short}`, text(flag)], value: sample(flag) },
  '-fvalue': (flag) => (flag.short === undefined || mayBeBare(flag) ? undefined : { words: [`-${flag.short}${text(flag)}`], value: sample(flag) }),
  '-f=value': (flag) => (flag.short === undefined ? undefined : { words: [`-${flag.short}=${text(flag)}`], value: sample(flag) }),
};

/** What the command gets, and what the way without oclif makes of the same words. */
async function inputs(command: string, words: string[]): Promise<Input[]> {
  const { default: Cmd } = await registry[command]!.load();
  const table: FlagTable = { ...globalFlags, ...Cmd.table };
  const got: Input[] = [];
  class Probe extends Cmd {
    async run(): Promise<void> {
      got.push(await this.input(Cmd.table));
    }
  }
  const environment = {
    streams: { in: Readable.from([]), out: { write: () => undefined }, err: { write: () => undefined } },
    env: {}, home: '/nonexistent', cwd: '/', clock: systemClock, random: () => 0.5, signal: new AbortController().signal,
  };
  await new Probe(normalise(words, table, `kubectl ${command}`), commandConfig(environment)).execute();
  return [...got, toInput(parseWithUsage(words, table, `kubectl ${command}`), table)];
}

const present = commands.filter((command) => command in registry);

test.each(present.flatMap((command) => Object.keys(forms).map((form) => [command, form] as const)))('%s takes its flags as %s', async (command, form) => {
  const { default: Cmd } = await registry[command]!.load();
  const table: FlagTable = { ...globalFlags, ...Cmd.table };
  const flags = Object.entries({ ...upstream['*']!.flags, ...upstream[command]!.flags }).map(([name, { short }]) => ({ name, short, spec: table[name]! }));
  const spelt = flags.flatMap((flag) => {
    const made = forms[form]!(flag);
    return made ? [{ name: flag.name, ...made }] : [];
  });
  const wanted = Object.fromEntries(spelt.map(({ name, value }) => [name, value]));
  for (const input of await inputs(command, ['first', ...spelt.flatMap(({ words }) => words), 'last'])) {
    expect(Object.fromEntries(Object.keys(wanted).map((name) => [name, (input.flags as Record<string, unknown>)[name]]))).toEqual(wanted);
    expect([...input.changed].sort()).toEqual(Object.keys(wanted).sort());
    expect(input.args).toEqual(['first', 'last']);
  }
});
