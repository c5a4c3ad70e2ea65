import type { KubeObject } from '../../../src/api/meta';
import { startControllers } from '../../../src/cluster/controllers';
import type { Loop } from '../../../src/cluster/controllers/controller';
import { systemClock } from '../../../src/api/clock';
import type { Resource } from '../../../src/client/client';
import { describeWithOracle } from '../../support/oracle';
import { core, seeded } from './support/registry';
import { startServer, type Asked, type TestServer } from './support/server';


const rbac = (plural: string, namespaced = true): Resource => ({ group: 'rbac.authorization.k8s.io', version: 'v1', plural, namespaced });
const apiGroup = 'rbac.authorization.k8s.io';
const json = { 'content-type': 'application/json' };

let server: TestServer;
let loops: Loop;
beforeAll(async () => {
  server = await startServer([], undefined, { staticTokens: 'joe-token,joe,u-1,"developers,ops"\nbare-token,bare,u-2\n' });
  const { client } = server;
  loops = startControllers({ client, clock: systemClock, random: seeded(), log: () => undefined });
  await client.create(core('serviceaccounts'), { metadata: { name: 'robot', namespace: 'default' } });
  await client.create(rbac('roles'), { metadata: { name: 'reader', namespace: 'default' }, rules: [{ verbs: ['get', 'list'], apiGroups: [''], resources: ['pods'] }] } as KubeObject);
  await client.create(rbac('rolebindings'), {
    metadata: { name: 'robots-read', namespace: 'default' }, roleRef: { apiGroup, kind: 'Role', name: 'reader' }, subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'default' }],
  } as KubeObject);
});
afterAll(async () => {
  await loops.stop();
  await server.close();
});

const tokenOf = async (name: string, bound?: object) => {
  const path = `/api/v1/namespaces/default/serviceaccounts/${name}/token`;
  const body = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { audiences: [], expirationSeconds: 600, boundObjectRef: bound } });
  return ((await server.ask(path, { method: 'POST', headers: json, body })).json as { status: { token: string } }).status.token;
};
const withToken = (token: string, asked: Asked = {}): Asked => ({ ...asked, anonymous: true, headers: { ...asked.headers, authorization: `Bearer ${token}` } });
const post = (path: string, object: object, asked: Asked = {}) => server.ask(path, { ...asked, method: 'POST', headers: { ...json, ...asked.headers }, body: JSON.stringify(object) });

test('a token may what its account was given, and is told what it was not', async () => {
  const token = await tokenOf('robot');
  expect((await server.ask('/api/v1/namespaces/default/pods', withToken(token))).code).toBe(200);
  expect((await server.ask('/apis', withToken(token))).code).toBe(200);
  const refused = await server.ask('/api/v1/namespaces/default/secrets', withToken(token));
  expect([refused.code, refused.json.message]).toEqual([403,
    'secrets is forbidden: User "system:serviceaccount:default:robot" cannot list resource "secrets" in API group "" in the namespace "default"']);
  expect((await server.ask('/api/v1/pods', withToken(token))).json.message).toMatch(/at the cluster scope$/);
  expect((await server.ask('/metrics', withToken(token))).json.message).toBe('forbidden: User "system:serviceaccount:default:robot" cannot get path "/metrics"');
});

test('a token ends with the pod that it is bound to', async () => {
  await server.client.create(core('pods'), { metadata: { name: 'bound', namespace: 'default' }, spec: { serviceAccountName: 'robot', containers: [{ name: 'c', image: 'x' }] } } as KubeObject);
  const token = await tokenOf('robot', { kind: 'Pod', apiVersion: 'v1', name: 'bound' });
  expect((await server.ask('/api/v1/namespaces/default/pods', withToken(token))).code).toBe(200);
  await server.client.delete(core('pods'), 'bound', 'default', { gracePeriodSeconds: 0 });
  expect((await server.ask('/api/v1/namespaces/default/pods', withToken(token))).code).toBe(401);
});

test('nobody in particular sees what is open to everybody, and 403 otherwise', async () => {
  const codes = await Promise.all(['/healthz', '/version', '/livez', '/api', '/openid/v1/jwks', '/api/v1/pods'].map(async (path) => (await server.ask(path, { anonymous: true })).code));
  expect(codes).toEqual([200, 200, 200, 403, 403, 403]);
  const binding = { metadata: { name: 'open-keys' }, roleRef: { apiGroup, kind: 'ClusterRole', name: 'system:service-account-issuer-discovery' }, subjects: [{ kind: 'Group', apiGroup, name: 'system:unauthenticated' }] };
  await server.client.create(rbac('clusterrolebindings', false), binding as KubeObject);
  expect((await server.ask('/openid/v1/jwks', { anonymous: true })).code).toBe(200);
});

test('the keys of ServiceAccount tokens are published', async () => {
  const { json: configuration } = await server.ask('/.well-known/openid-configuration');
  expect(configuration).toMatchObject({ issuer: 'https://kubernetes.default.svc.cluster.local', jwks_uri: 'https://kubernetes.default.svc.cluster.local/openid/v1/jwks', id_token_signing_alg_values_supported: ['ES256'] });
  const keys = await server.ask('/openid/v1/jwks');
  expect(keys.headers['content-type']).toBe('application/jwk-set+json');
  const header = JSON.parse(Buffer.from((await tokenOf('robot')).split('.')[0]!, 'base64url').toString()) as object;
  expect(header).toEqual({ alg: 'ES256', kid: keys.json.keys[0].kid });
});

test('static tokens', async () => {
  const whoami = async (token: string) => (await post('/apis/authentication.k8s.io/v1/selfsubjectreviews', {}, withToken(token))).json.status?.userInfo as object;
  expect(await whoami('joe-token')).toEqual({ username: 'joe', uid: 'u-1', groups: ['developers', 'ops', 'system:authenticated'] });
  expect(await whoami('bare-token')).toEqual({ username: 'bare', uid: 'u-2', groups: ['system:authenticated'] });
  expect((await server.ask('/api', withToken('other-token'))).code).toBe(401);
});

test('token reviews', async () => {
  const review = async (token: string, audiences?: string[]) => (await post('/apis/authentication.k8s.io/v1/tokenreviews', { spec: { token, audiences } })).json.status as object;
  const token = await tokenOf('robot');
  expect(await review(token)).toMatchObject({
    authenticated: true, audiences: ['https://kubernetes.default.svc.cluster.local'],
    user: { username: 'system:serviceaccount:default:robot', groups: ['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated'] },
  });
  expect(await review(token, ['vault'])).toEqual({ user: {}, error: 'invalid bearer token' });
  expect(await review('nonsense')).toEqual({ user: {}, error: 'invalid bearer token' });
});

test('access reviews of others', async () => {
  const ask = (spec: object) => post('/apis/authorization.k8s.io/v1/subjectaccessreviews', { spec });
  const robot = 'system:serviceaccount:default:robot';
  const pods = { namespace: 'default', verb: 'list', resource: 'pods' };
  const { code, json: answer } = await ask({ user: robot, resourceAttributes: pods });
  expect([code, answer.status]).toEqual([201, { allowed: true, reason: 'RBAC: allowed by RoleBinding "robots-read/default" of Role "reader" to ServiceAccount "robot/default"' }]);
  expect((await ask({ user: 'nobody', resourceAttributes: pods })).json.status).toEqual({ allowed: false });
  expect((await ask({ user: 'nobody', groups: ['system:authenticated'], nonResourceAttributes: { path: '/api', verb: 'get' } })).json.status.allowed).toBe(true);
  expect((await ask({ resourceAttributes: pods })).json.message).toBe('SubjectAccessReview.authorization.k8s.io "" is invalid: spec.user: Invalid value: "": at least one of user or group must be specified');
  const local = (spec: object) => post('/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews', { spec });
  expect((await local({ user: robot, resourceAttributes: pods })).json.status.allowed).toBe(true);
  expect((await local({ user: robot, resourceAttributes: { ...pods, namespace: 'other' } })).json.message).toMatch(/spec.resourceAttributes.namespace: Invalid value: "other": must match metadata.namespace$/);
});

test('impersonation, of parts that must all be allowed', async () => {
  const as = (headers: Record<string, string>, token?: string) => post('/apis/authentication.k8s.io/v1/selfsubjectreviews', {}, token ? withToken(token, { headers }) : { headers });
  expect((await as({ 'impersonate-user': 'jane', 'impersonate-group': 'a,b', 'impersonate-extra-scopes': 'x', 'impersonate-uid': '7' })).json.status.userInfo)
    .toEqual({ username: 'jane', uid: '7', groups: ['a,b', 'system:authenticated'], extra: { scopes: ['x'] } });
  expect((await as({ 'impersonate-user': 'system:serviceaccount:default:robot' })).json.status.userInfo.groups)
    .toEqual(['system:serviceaccounts', 'system:serviceaccounts:default', 'system:authenticated']);
  expect((await as({ 'impersonate-user': 'system:anonymous' })).json.message).toMatch(/^selfsubjectreviews.authentication.k8s.io is forbidden: User "system:anonymous"/);
  expect((await as({ 'impersonate-user': 'jane' }, 'joe-token')).json.message).toBe('users "jane" is forbidden: User "joe" cannot impersonate resource "users" in API group "" at the cluster scope');
  expect((await as({ 'impersonate-group': 'ops' })).code).toBe(500);
});

describeWithOracle('the real kubectl', () => {
  const kubectl = async (...args: string[]) => {
    const { code, stdout, stderr } = await server.kubectl(args);
    return `${code}: ${stdout}${stderr}`;
  };

  test('auth can-i, whoami', async () => {
    const robot = '--as=system:serviceaccount:default:robot';
    expect(await kubectl('auth', 'can-i', 'list', 'pods')).toBe('0: yes\n');
    expect(await kubectl('auth', 'can-i', 'list', 'pods', robot)).toBe('0: yes\n');
    expect(await kubectl('auth', 'can-i', 'list', 'secrets', robot)).toBe('1: no\n');
    expect(await kubectl('auth', 'can-i', 'list', 'pods', robot, '-n', 'kube-system')).toBe('1: no\n');
    expect(await kubectl('auth', 'can-i', 'get', '/version', robot)).toBe('0: yes\n');
    expect(await kubectl('auth', 'can-i', '--list', robot)).toMatch(/\npods +\[\] +\[\] +\[get list\]\n/);
    expect(await kubectl('auth', 'can-i', '--list')).toMatch(/\n\*\.\* +\[\] +\[\] +\[\*\]\n +\[\*\] +\[\] +\[\*\]\n/);
    expect(await kubectl('auth', 'whoami')).toMatch(/^0: ATTRIBUTE +VALUE\nUsername +kubernetes-admin\nGroups +\[system:masters system:authenticated\]\nExtra: authentication.kubernetes.io\/credential-id +\[X509SHA256=[0-9a-f]{64}\]\n$/);
    expect(await kubectl('auth', 'whoami', '--as=jane', '--as-group=a', '--as-group=b')).toMatch(/Username +jane\nGroups +\[a b system:authenticated\]\n/);
  });

  test('with the token of an account: pods, but not secrets', async () => {
    const token = ['--token', await tokenOf('robot')];
    const bare = ['--kubeconfig', server.tokenKubeconfig];
    expect(await kubectl(...bare, ...token, 'get', 'pods')).toBe('0: No resources found in default namespace.\n');
    expect(await kubectl(...bare, ...token, 'get', 'secrets')).toBe(
      '1: Error from server (Forbidden): secrets is forbidden: User "system:serviceaccount:default:robot" cannot list resource "secrets" in API group "" in the namespace "default"\n');
    expect(await kubectl(...bare, '--token=nonsense', 'get', 'pods')).toMatch(/You must be logged in to the server/);
  });

  test('the user-facing roles are there, summed up from their parts', async () => {
    expect(await kubectl('create', 'rolebinding', 'viewers', '--clusterrole=view', '--user=vera')).toBe('0: rolebinding.rbac.authorization.k8s.io/viewers created\n');
    expect(await kubectl('auth', 'can-i', 'list', 'deployments.apps', '--as=vera')).toBe('0: yes\n');
    expect(await kubectl('auth', 'can-i', 'delete', 'deployments.apps', '--as=vera')).toBe('1: no\n');
    expect(await kubectl('get', 'clusterroles', 'admin', 'edit', 'view', '-o', 'name')).toBe('0: clusterrole.rbac.authorization.k8s.io/admin\nclusterrole.rbac.authorization.k8s.io/edit\nclusterrole.rbac.authorization.k8s.io/view\n');
    expect(await kubectl('create', 'role', 'mighty', '--verb=*', '--resource=secrets', '--as=vera')).toMatch(/^1: Error from server \(Forbidden\): roles.rbac.authorization.k8s.io is forbidden: User "vera" cannot create resource "roles"/);
  });
});
