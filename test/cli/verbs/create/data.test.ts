import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConfigMap, createSecret } from '../../../../src/cli/verbs/create/data/data';
import { createConfigMapFlags, createSecretFlags } from '../../../../src/cli/verbs/create/data/flags';
import { createSharedFlags } from '../../../../src/cli/verbs/create/flags';
import { createNamespace } from '../../../../src/cli/verbs/create/simple/simple';
import { runVerb } from '../run-verb';

let cwd: string;
beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), 'knarr-create-'));
  writeFileSync(join(cwd, 'page.html'), '<p>');
  writeFileSync(join(cwd, 'binary'), Buffer.from([0xff]));
  writeFileSync(join(cwd, 'vars'), '# comment\nA=1\n  B=x=y\nHOMELESS\n');
  mkdirSync(join(cwd, 'dir/inner'), { recursive: true });
  writeFileSync(join(cwd, 'dir/one'), '1');
});
afterAll(() => rmSync(cwd, { recursive: true }));

const configMap = (line: string) => runVerb(createConfigMap, createConfigMapFlags, `page --dry-run=client -o json ${line}`, { cwd, env: { HOMELESS: 'here' } });

test.each<[string, object]>([
  ['--from-literal=b=2 --from-literal=a=1=1', { data: { a: '1=1', b: '2' } }],
  ['--from-file=page.html --from-file=other=page.html', { data: { 'page.html': '<p>', 'other': '<p>' } }],
  ['--from-file=dir', { data: { one: '1' } }],
  ['--from-file=binary', { binaryData: { binary: '/w==' } }],
  ['--from-env-file=vars', { data: { A: '1', B: 'x=y', HOMELESS: 'here' } }],
])('configmap %s', async (line, expected) => {
  const { out, err } = await configMap(line);
  expect(err).toBe('');
  expect(JSON.parse(out)).toEqual({ kind: 'ConfigMap', apiVersion: 'v1', metadata: { name: 'page', creationTimestamp: null }, ...expected });
});

test.each<[string, string]>([
  ['--from-literal=a', 'invalid literal source a, expected key=value'],
  ['--from-file=nosuch', 'error reading nosuch: no such file or directory'],
  ['--from-file=key=dir', 'cannot give a key name for a directory path'],
  ['--from-file=a=b=c', 'key names or file paths cannot contain \'=\''],
  ['--from-env-file=dir', 'env config file cannot be a directory'],
  ['--from-literal=a=1 --from-literal=a=2', 'cannot add key "a", another key by that name already exists in Data for ConfigMap "page"'],
  ['--from-literal=a=1 --from-env-file=vars', 'from-env-file cannot be combined with from-file or from-literal'],
])('configmap %s is refused', async (line, message) => {
  expect(await configMap(line)).toMatchObject({ out: '', err: `error: ${message}\n`, code: 1 });
});

test('a secret is encoded, and its name may tell its content', async () => {
  const { out } = await runVerb(createSecret, createSecretFlags, 'db --from-literal=a=1 --append-hash --dry-run=client -o json', { cwd });
  expect(JSON.parse(out)).toMatchObject({ data: { a: 'MQ==' }, metadata: { name: expect.stringMatching(/^db-[2456789bcdfghkmt]{10}$/) as string } });
});

test('what the server refuses about a namespace is told as it is', async () => {
  const { err } = await runVerb(createNamespace, createSharedFlags, 'x');
  expect(err).toMatch(/^Error from server \(NotFound\): /);
});
