import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeConfigs, orInCluster, resolveConnection, type Overrides } from '../../../src/client/kubeconfig';

const env = { KUBERNETES_SERVICE_HOST: '10.96.0.1', KUBERNETES_SERVICE_PORT: '443' };
const none = mergeConfigs([], []);
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'knarr-in-cluster-'));
  for (const [file, text] of [['token', 'secret'], ['ca.crt', 'authority'], ['namespace', 'team\n']] as const) writeFileSync(join(directory, file), text);
});
afterEach(() => rmSync(directory, { recursive: true }));

const connection = (config = none, overrides: Overrides = {}, variables: Record<string, string> = env) =>
  resolveConnection(orInCluster(config, overrides, variables, directory), overrides);

it('is the cluster of the pod, as its ServiceAccount, in its namespace', () => {
  expect(connection()).toMatchObject({
    server: 'https://10.96.0.1:443', namespace: 'team', tls: { ca: { file: join(directory, 'ca.crt') } }, auth: { tokenFile: join(directory, 'token') },
  });
});

it.each<[string, Overrides, Record<string, string>, object]>([
  ['another namespace', { namespace: 'other' }, env, { namespace: 'other' }],
  ['another token', { token: 'mine' }, env, { auth: { token: 'mine' } }],
  ['the namespace that the pod is told', {}, { ...env, POD_NAMESPACE: 'told' }, { namespace: 'told' }],
  ['an address of IPv6', {}, { ...env, KUBERNETES_SERVICE_HOST: 'fd00::1' }, { server: 'https://[fd00::1]:443' }],
  ['another server', { server: 'https://example.com' }, env, { server: 'https://example.com', namespace: 'default' }],
  ['no pod', {}, {}, { server: 'http://localhost:8080' }],
])('takes %s', (_, overrides, variables, expected) => expect(connection(none, overrides, variables)).toMatchObject(expected));

it('is not asked for by who has a context', () => {
  const file = { clusters: [{ name: 'c', cluster: { server: 'https://c' } }], contexts: [{ name: 'x', context: { cluster: 'c', user: '' } }], 'current-context': 'x' };
  expect(connection(mergeConfigs(['f'], [{ file: 'f', value: file }]))).toMatchObject({ server: 'https://c', namespace: 'default' });
});

it('is not without a token', () => {
  rmSync(join(directory, 'token'));
  expect(connection()).toMatchObject({ server: 'http://localhost:8080' });
});
