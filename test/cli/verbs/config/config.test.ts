import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKubeconfig } from '../../../../src/client/kubeconfig';
import { outcomeOf } from '../../../../src/cli/errors';
import type { FlagTable, Input } from '../../../../src/cli/flags/spec';
import type { Session } from '../../../../src/cli/session';
import { currentContext, getContexts, getContextsFlags, renameContext, setContext, setContextFlags, useContext } from '../../../../src/cli/verbs/config/contexts';
import { deleteEntry, listNames } from '../../../../src/cli/verbs/config/entries';
import { setCluster, setClusterFlags } from '../../../../src/cli/verbs/config/set-cluster';
import { setCredentials, setCredentialsFlags } from '../../../../src/cli/verbs/config/set-credentials';
import { setFlags, setProperty, unsetProperty } from '../../../../src/cli/verbs/config/set-property';
import { configView, configViewFlags } from '../../../../src/cli/verbs/config/view';
import { fileSession, inputOf } from '../../session';

let dir: string;
let file: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'knarr-config-'));
  file = join(dir, 'config');
  writeFileSync(file, `apiVersion: v1
kind: Config
clusters:
- name: a
  cluster:
    server: https://a
    certificate-authority-data: QQ==
contexts:
- name: a
  context:
    cluster: a
    user: u
- name: b
  context:
    cluster: gone
    user: u
    namespace: dev
current-context: a
users:
- name: u
  user:
    token: secret
`);
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- verbs of different flags in one table
type AnyVerb = (session: Session, input: any) => Promise<void>;

async function run(verb: AnyVerb, line: string, table: FlagTable = {}) {
  const argv = line.split(' ').filter(Boolean);
  const session = fileSession({ env: { KUBECONFIG: file }, cwd: dir, flags: argv.filter((word) => word.startsWith('--context='))  });
  const outcome = await verb(session, inputOf(argv, table) as Input).then(() => ({ text: '', exitCode: 0 }), outcomeOf);
  return { out: session.stdout(), err: session.stderr() + outcome.text };
}

test('view leaves secrets out', async () => {
  expect((await run(configView, '', configViewFlags)).out).toBe(`apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: DATA+OMITTED
    server: https://a
  name: a
contexts:
- context:
    cluster: a
    user: u
  name: a
- context:
    cluster: gone
    namespace: dev
    user: u
  name: b
current-context: a
kind: Config
preferences: {}
users:
- name: u
  user:
    token: REDACTED
`);
  expect((await run(configView, '--raw', configViewFlags)).out).toContain('token: secret');
  expect((await run(configView, '-o jsonpath={.contexts[*].name}', configViewFlags)).out).toBe('a b');
});

test('view --minify keeps what one context uses', async () => {
  expect((await run(configView, '--minify', configViewFlags)).out).not.toContain('name: b');
  expect((await run(configView, '--minify --context=b', configViewFlags)).err).toBe('error: cannot locate cluster gone\n');
});

test('contexts are listed', async () => {
  expect(await run(getContexts, '', getContextsFlags)).toEqual({
    out: 'CURRENT   NAME   CLUSTER   AUTHINFO   NAMESPACE\n*         a      a         u          \n          b      gone      u          dev\n', err: '' });
  expect((await run(getContexts, '-o name', getContextsFlags)).out).toBe('a\nb\n');
  expect((await run(getContexts, 'nope', getContextsFlags)).err).toBe('error: context nope not found\n');
  expect((await run(currentContext, '')).out).toBe('a\n');
  expect((await run(listNames('clusters'), '')).out).toBe('NAME\na\n');
});

test('contexts are used, set, renamed and deleted', async () => {
  expect((await run(useContext, 'b')).out).toBe('Switched to context "b".\n');
  expect((await run(useContext, 'nope')).err).toBe('error: no context exists with the name: "nope"\n');
  expect((await run(setContext, '--current --namespace=x', setContextFlags)).out).toBe('Context "b" modified.\n');
  expect((await run(setContext, 'c --cluster=a', setContextFlags)).out).toBe('Context "c" created.\n');
  expect((await run(renameContext, 'b d')).out).toBe('Context "b" renamed to "d".\n');
  expect((await run(currentContext, '')).out).toBe('d\n');
  expect((await run(deleteEntry('contexts', 'context'), 'd'))).toEqual({
    out: `deleted context d from ${file}\n`, err: 'warning: this removed your active context, use "kubectl config use-context" to select a different one\n' });
  expect((await run(deleteEntry('users', 'user'), 'nope')).err).toBe(`error: cannot delete user nope, not in ${file}\n`);
  expect((await run(getContexts, '-o name', getContextsFlags)).out).toBe('a\nc\n');
});

test('clusters are set, certificates by path or by content', async () => {
  writeFileSync(join(dir, 'ca.pem'), 'PEM');
  expect((await run(setCluster, 'a --server=https://b --certificate-authority=ca.pem', setClusterFlags)).out).toBe('Cluster "a" set.\n');
  expect(readFileSync(file, 'utf8')).toContain(`certificate-authority: ${join(dir, 'ca.pem')}`);
  expect(readFileSync(file, 'utf8')).not.toContain('certificate-authority-data');
  await run(setCluster, 'a --certificate-authority=ca.pem --embed-certs', setClusterFlags);
  expect(readFileSync(file, 'utf8')).toContain(`certificate-authority-data: ${Buffer.from('PEM').toString('base64')}`);
});

test('a credential plugin is set field by field', async () => {
  await run(setCredentials, 'p --exec-command=get-token --exec-api-version=client.authentication.k8s.io/v1 --exec-arg=a,b --exec-env=X=1 --exec-env=Y=2', setCredentialsFlags);
  await run(setCredentials, 'p --exec-env=X- --exec-env=Y=3', setCredentialsFlags);
  const { users } = await readKubeconfig(file);
  expect(users?.find(({ name }) => name === 'p')?.user).toEqual({
    exec: { command: 'get-token', apiVersion: 'client.authentication.k8s.io/v1', args: ['a', 'b'], env: [{ name: 'Y', value: '3' }] },
  });
  await run(setCredentials, 'p --auth-provider=oidc --auth-provider-arg=a=1 --auth-provider-arg=b=2', setCredentialsFlags);
  await run(setCredentials, 'p --auth-provider-arg=a-', setCredentialsFlags);
  expect((await readKubeconfig(file)).users!.find(({ name }) => name === 'p')?.user['auth-provider']).toEqual({ name: 'oidc', config: { b: '2' } });
});

test.each<[string, FlagTable, AnyVerb, string]>([
  ['a --insecure-skip-tls-verify --certificate-authority=x', setClusterFlags, setCluster, 'you cannot specify a certificate authority and insecure mode at the same time'],
  ['a --embed-certs', setClusterFlags, setCluster, 'you must specify a --certificate-authority to embed'],
  ['u --token=x --username=y', setCredentialsFlags, setCredentials, 'you cannot specify more than one authentication method at the same time: --token, --username/--password'],
  ['u --exec-env==1', setCredentialsFlags, setCredentials, 'invalid exec-env format: =1'],
  ['clusters.a.server.b x', setFlags, setProperty, 'unable to parse one or more field values of clusters.a.server.b'],
  ['clusters.a x', setFlags, setProperty, 'can\'t set a map to a value: ["a"]'],
])('%s is refused', async (line, table, verb, message) => {
  expect((await run(verb, line, table)).err).toBe(`error: ${message}\n`);
});

test('single values are set and removed', async () => {
  await run(setProperty, 'clusters.b.c.server https://b', setFlags);
  await run(setProperty, 'clusters.b.c.certificate-authority-data raw --set-raw-bytes', setFlags);
  await run(setProperty, 'users.u.act-as bob', setFlags);
  await run(unsetProperty, 'users.u.token');
  await run(unsetProperty, 'contexts.b');
  const { clusters, users, contexts } = await readKubeconfig(file);
  expect(clusters).toContainEqual({ name: 'b.c', cluster: { 'server': 'https://b', 'certificate-authority-data': 'cmF3' } });
  expect(users).toEqual([{ name: 'u', user: { as: 'bob' } }]);
  expect(contexts!.map(({ name }) => name)).toEqual(['a']);
});

test('a broken file is named', async () => {
  writeFileSync(file, 'a: b: c\n');
  expect((await run(currentContext, '')).err).toMatch(new RegExp(`^error: error loading config file "${file}": yaml: .*mapping values are not allowed`));
  expect(readFileSync(file, 'utf8')).toBe('a: b: c\n');
});
