import { mergeConfigs } from '../../../src/client/kubeconfig/merge';
import { resolveConnection, resolveNamespace, type Kubeconfig } from '../../../src/client/kubeconfig';

const first: Kubeconfig = {
  'clusters': [{ name: 'a', cluster: { server: 'https://a:1/', 'certificate-authority': 'ca.pem' } }],
  'contexts': [{ name: 'a', context: { cluster: 'a', user: 'u', namespace: 'dev' } }, { name: 'lost', context: { cluster: 'gone', user: 'u' } }],
  'users': [{ name: 'u', user: { token: 'first' } }],
};
const second: Kubeconfig = {
  'clusters': [{ name: 'a', cluster: { server: 'https://other' } }, { name: 'b', cluster: {} }],
  'contexts': [{ name: 'b', context: { cluster: 'b', user: 'v' } }],
  'users': [{ name: 'u', user: { token: 'second' } }, { name: 'v', user: { 'client-certificate-data': 'QQ==' } }],
  'current-context': 'a',
};
const config = mergeConfigs(['/one/config', '/two/config'], [{ file: '/one/config', value: first }, { file: '/two/config', value: second }]);

test('of entries with one name the first file counts, paths are relative to their file', () => {
  expect(resolveConnection(config)).toEqual({
    server: 'https://a:1', namespace: 'dev', context: 'a', cluster: 'a', tls: { ca: { file: '/one/ca.pem' } }, auth: { token: 'first' },
  });
  expect(config.currentContextFile).toBe('/two/config');
});

test('credentials do not go in the clear, impersonation does', () => {
  expect(resolveConnection(config, { server: 'http://s:2', token: 't', as: 'joe' })).toMatchObject({ auth: {}, impersonate: { user: 'joe' } });
});

test('flags win', () => {
  const connection = resolveConnection(config, { namespace: 'x', server: 'https://s:2', token: 't', insecureSkipTlsVerify: true, as: 'joe', asGroups: ['g'], requestTimeoutMs: 5 });
  expect(connection).toMatchObject({ namespace: 'x', server: 'https://s:2', auth: { token: 't' }, tls: { insecure: true }, impersonate: { user: 'joe', groups: ['g'] }, requestTimeoutMs: 5 });
  expect(connection.tls.ca).toBeUndefined();
});

test('no configuration and lost clusters lead to the default address', () => {
  expect(resolveConnection(mergeConfigs([], []))).toMatchObject({ server: 'http://localhost:8080', namespace: 'default' });
  expect(resolveConnection(config, { context: 'lost' }).server).toBe('http://localhost:8080');
});

test.each([
  [{ context: 'nope' }, 'context was not found for specified context: nope'],
  [{ cluster: 'nope' }, 'no server found for cluster "nope"'],
  [{ user: 'nope' }, 'auth info "nope" does not exist'],
  [{ context: 'b' }, '[no server found for cluster "b", client-key-data or client-key must be specified for v to use the clientCert authentication method.]'],
])('refuses %j', (overrides, message) => {
  expect(() => resolveConnection(config, overrides)).toThrow(expect.objectContaining({ name: 'KubeconfigError', code: 'Invalid', message }));
});

test('the namespace needs no cluster', () => {
  expect(resolveNamespace(config)).toBe('dev');
  expect(resolveNamespace(config, { context: 'lost' })).toBe('default');
  expect(resolveNamespace(config, { context: 'nope', namespace: 'x' })).toBe('x');
});
