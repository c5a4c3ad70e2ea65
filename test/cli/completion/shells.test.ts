import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scripts } from '../../../src/cli/completion/scripts';
import { knarrPath } from '../../support/cluster';

jest.setTimeout(60_000);

/** The scripts in the shells that they are for, asking the real program; the kubeconfig has contexts, and no server. */

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'knarr-shells-'));
  symlinkSync(knarrPath, join(home, 'knarr'));
  const context = (name: string) => ({ name, context: { cluster: 'c', user: 'u' } });
  writeFileSync(join(home, 'config'), JSON.stringify({ apiVersion: 'v1', kind: 'Config', contexts: [context('first'), context('other:1'), context('other:2')] }));
  writeFileSync(join(home, 'pod.yaml'), '');
  writeFileSync(join(home, 'pod.txt'), '');
  for (const [shell, script] of Object.entries(scripts)) writeFileSync(join(home, shell), script.replaceAll('PROGRAM', 'knarr'));
});
afterAll(() => rmSync(home, { recursive: true }));

const has = (shell: string) => spawnSync(shell, ['--version']).status === 0;

function run(shell: string, args: string[]): string {
  const env = { ...process.env, HOME: home, PATH: `${home}:${process.env['PATH']}`, KUBECONFIG: join(home, 'config') };
  const { stdout, stderr } = spawnSync(shell, args, { env, cwd: home, encoding: 'utf8' });
  if (stderr) throw new Error(stderr);
  return stdout;
}

/** What bash would offer with the cursor at the end of the line, cut into words as bash cuts. */
function inBash(line: string): string[] {
  const words = line.split(/(?<=[:=])|(?=[:=])|\s+/).filter((word, index, all) => word !== '' || index === all.length - 1);
  const cut = line.endsWith(' ') ? [...words.filter(Boolean), ''] : words;
  const script = `source ./bash; compopt() { :; }; COMP_LINE=${quote(line)} COMP_POINT=${line.length} COMP_WORDS=(${cut.map(quote).join(' ')}) COMP_CWORD=${cut.length - 1} COMP_TYPE=9; __knarr_complete; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return run('bash', ['--norc', '-c', script]).trim().split('\n').filter(Boolean);
}

const quote = (word: string) => `'${word.replaceAll('\'', '\'\\\'\'')}'`;

const cases: [line: string, offered: string[]][] = [
  ['knarr rollout ', ['history', 'pause', 'restart', 'resume', 'status', 'undo']],
  ['knarr rollout st', ['status']],
  ['knarr get --all', ['--all-namespaces', '--allow-missing-template-keys']],
  ['knarr config use-context f', ['first']],
  ['knarr --context=f', ['first']],
  ['knarr get -o y', ['yaml']],
];

test.each(cases)('bash: %s', (line, offered) => expect(inBash(line)).toEqual(offered));

test('bash: what stands behind a colon', () => expect(inBash('knarr config use-context other:')).toEqual(['1', '2']));

test('bash: files of the kinds that manifests have', () => expect(inBash('knarr apply -f pod')).toEqual(['pod.yaml']));

if (has('fish')) test.each(cases)('fish: %s', (line, offered) => {
  const got = run('fish', ['--no-config', '-c', `source ./fish; complete -C ${quote(line)}`]).trim().split('\n').map((each) => each.split('\t')[0]!);
  expect(got.map((word) => (line.includes('=') ? word.replace(/^.*=/, '') : word)).sort()).toEqual([...offered].sort());
});
