import type { Connection, ExecPlugin } from '../../../src/client/connection';
import { pluginCredentials } from '../../../src/client/exec-plugin/credentials';

const v1 = 'client.authentication.k8s.io/v1';
const connection = (exec: ExecPlugin): Connection => ({ server: 'https://cluster.example:6443', namespace: 'default', tls: { ca: { data: 'CA' } }, auth: { exec } });
const shell = (script: string, more: Partial<ExecPlugin> = {}): Connection => connection({ apiVersion: v1, command: 'sh', args: ['-c', script], interactiveMode: 'Never', ...more });
const environment = { env: { PATH: process.env['PATH'], HOME: '/nonexistent' }, isTerminal: false };
const credential = (status: string, apiVersion = v1) => `echo '{"kind":"ExecCredential","apiVersion":"${apiVersion}","status":${status}}'`;

const withPluginCredentials = async (given: Connection, of: typeof environment) => pluginCredentials(given, of, { now: () => 0 }).connection();

describe('credential plugins', () => {
  it('takes a token, or a certificate', async () => {
    expect((await withPluginCredentials(shell(credential('{"token":"abc"}')), environment)).auth.token).toBe('abc');
    const { tls } = await withPluginCredentials(shell(credential('{"clientCertificateData":"C","clientKeyData":"K"}')), environment);
    expect(tls).toEqual({ ca: { data: 'CA' }, cert: { data: 'C' }, key: { data: 'K' } });
  });

  it('tells the plugin what it asks for, and gives it its own variables', async () => {
    const script = 'printf \'{"apiVersion":"%s","status":{"token":"%s"}}\' client.authentication.k8s.io/v1 "$MINE $(echo $KUBERNETES_EXEC_INFO | tr -d \'"\\n\')"';
    const { auth } = await withPluginCredentials(shell(script, { provideClusterInfo: true, env: [{ name: 'MINE', value: 'mine' }] }), environment);
    expect(auth.token).toBe('mine {kind:ExecCredential,apiVersion:client.authentication.k8s.io/v1,spec:{cluster:{server:https://cluster.example:6443,certificate-authority-data:Q0E=},interactive:false}}');
  });

  it.each<[string, Connection, string]>([
    ['a program that is not there', connection({ apiVersion: v1, command: 'knarr-nosuch-plugin', installHint: 'Get it there.' }), 'executable knarr-nosuch-plugin not found'],
    ['a failing program', shell('exit 3'), 'exec: executable sh failed with exit code 3'],
    ['no JSON', shell('echo hello'), 'decoding stdout: '],
    ['another version', shell(credential('{"token":"x"}', 'client.authentication.k8s.io/v1beta1')), 'plugin returned version client.authentication.k8s.io/v1beta1'],
    ['no status', shell(`echo '{"apiVersion":"${v1}"}'`), 'didn\'t return a status field'],
    ['an empty status', shell(credential('{}')), 'didn\'t return a token or cert/key pair'],
    ['half a pair', shell(credential('{"clientKeyData":"K"}')), 'only certificate or key, not both'],
    ['a version that is gone', shell('true', { apiVersion: 'client.authentication.k8s.io/v1alpha1' }), 'exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"'],
    ['a time that is none', shell(credential('{"token":"x","expirationTimestamp":"soon"}')), 'decoding stdout: parsing time "soon"'],
    ['a terminal that is needed', shell('true', { interactiveMode: 'Always' }), 'standard input is not a terminal'],
  ])('refuses %s', async (_what, given, text) => {
    await expect(withPluginCredentials(given, environment)).rejects.toThrow(text);
  });
});
