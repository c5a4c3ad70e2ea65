import { createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import type { TokenReview } from '../../../src/api/generated/authentication.v1';
import { outputOf, podExec, podOf, podRunning, program, shell, untilTold } from '../support/pods';
import { clusterRoleBindings, configMaps, of, pods, serviceAccounts } from '../support/resources';
import { row, rowOnDocker } from '../support/row';

const label = (name: string) => `[sig-auth] ServiceAccounts ${name}`;
const mountPath = '/var/run/secrets/kubernetes.io/serviceaccount';
const tokenReviews = of<TokenReview>('authentication.k8s.io/v1', 'TokenReview', 'tokenreviews', false);

rowOnDocker(label('should mount an API token into pods'), async (t) => {
  await t.api(serviceAccounts).create({ metadata: { name: 'mount-test' } });
  await t.api(pods).create(podOf('pod', [shell('main', untilTold)], { serviceAccountName: 'mount-test', restartPolicy: 'Never' }));
  await podRunning(t, 'pod');
  const read = async (file: string) => (await podExec(t, 'pod', ['cat', `${mountPath}/${file}`])).stdout;
  expect(await read('ca.crt')).toBe((await t.api(configMaps).get('kube-root-ca.crt')).data!['ca.crt']);
  expect(await read('namespace')).toBe(t.namespace);
  const { status } = await t.api(tokenReviews).create({ metadata: {}, spec: { token: await read('token') } });
  expect(status).toMatchObject({ authenticated: true, user: { username: `system:serviceaccount:${t.namespace}:mount-test` } });
  expect(status!.error).toBeUndefined();
  expect(status!.user!.groups).toEqual(expect.arrayContaining(['system:authenticated', 'system:serviceaccounts', `system:serviceaccounts:${t.namespace}`]));
});

/** Undefined: nothing is said. What the pod says rules over what the account says. */
const automounts: readonly [account: boolean | undefined, pod: boolean | undefined, mounted: boolean][] = [
  [undefined, undefined, true], [true, undefined, true], [false, undefined, false],
  [undefined, true, true], [true, true, true], [false, true, true],
  [undefined, false, false], [true, false, false], [false, false, false],
];

row(label('should allow opting out of API token automount'), async (t) => {
  await t.api(serviceAccounts).create({ metadata: { name: 'mount' }, automountServiceAccountToken: true });
  await t.api(serviceAccounts).create({ metadata: { name: 'nomount' }, automountServiceAccountToken: false });
  const accounts = new Map([[undefined, 'default'], [true, 'mount'], [false, 'nomount']]);
  for (const [index, [account, said, mounted]] of automounts.entries()) {
    const more = { serviceAccountName: accounts.get(account)!, restartPolicy: 'Never' as const, ...(said !== undefined && { automountServiceAccountToken: said }) };
    const { spec } = await t.api(pods).create(podOf(`pod-${index}`, [shell('main', 'true')], more));
    const mounts = spec!.containers[0]!.volumeMounts?.some((mount) => mount.mountPath === mountPath) ?? false;
    expect([account, said, mounts]).toEqual([account, said, mounted]);
  }
});

const tokenVolume = (path: string, expirationSeconds: number, audience?: string) =>
  ({ name: 'token', projected: { sources: [{ serviceAccountToken: { path, expirationSeconds, ...(audience && { audience }) } }] } });

rowOnDocker(label('should mount projected service account token'), async (t) => {
  const volumeMounts = [{ name: 'token', mountPath: '/test-volume', readOnly: true }];
  const pod = podOf('pod', [program('main', ['cat', '/test-volume/token'], { volumeMounts })], { volumes: [tokenVolume('token', 3600)] });
  expect(await outputOf(t, pod)).toMatch(/^[\w=-]+\.[\w=-]+\.[\w.+/=-]+$/);
});

row(label('should run through the lifecycle of a ServiceAccount'), async (t) => {
  const api = t.api(serviceAccounts);
  const mine = { labelSelector: `static=${t.namespace}` };
  const created = await api.create({ metadata: { name: 'account', labels: { static: t.namespace } } });
  expect((await api.get('account')).metadata.uid).toBe(created.metadata.uid);
  const watch = await api.watch({ ...mine, timeoutSeconds: 180 });
  await watch.until(({ type }) => type === 'ADDED');
  await api.patch('account', 'strategic', { automountServiceAccountToken: false });
  await watch.until(({ type }) => type === 'MODIFIED');
  expect((await t.api(serviceAccounts, '').list(mine)).items).toMatchObject([{ metadata: { name: 'account', namespace: t.namespace }, automountServiceAccountToken: false }]);
  await api.deleteCollection();
  await watch.until(({ type }) => type === 'DELETED');
});

row(label('should guarantee kube-root-ca.crt exist in any namespace'), async (t) => {
  const name = 'kube-root-ca.crt';
  const published = () => t.eventually(async () => (await t.api(configMaps).find(name))?.data?.['ca.crt']);
  const certificate = await published();
  const { metadata } = await t.api(configMaps).get(name);
  await t.api(configMaps).delete(name, { gracePeriodSeconds: 0, preconditions: { uid: metadata.uid! } });
  expect(await published()).toBe(certificate);
  await t.api(configMaps).update({ metadata: { name, namespace: t.namespace }, data: { 'ca.crt': '' } });
  expect(await published()).toBe(certificate);
});

row(label('should update a ServiceAccount'), async (t) => {
  const created = await t.api(serviceAccounts).create({ metadata: { name: 'account' }, automountServiceAccountToken: false });
  expect(created.automountServiceAccountToken).toBe(false);
  const updated = await t.api(serviceAccounts).change('account', (account) => { account.automountServiceAccountToken = true; });
  expect(updated.automountServiceAccountToken).toBe(true);
});

interface Claims { iss: string; aud: string[]; sub: string; exp: number; iat: number }
interface Keys { keys: (JsonWebKey & { kid: string })[] }

const decoded = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as unknown;
const hashes: Record<string, string> = { RS256: 'sha256', ES256: 'sha256' };

/** The claims, when one of the keys has signed them. */
function verified(token: string, { keys }: Keys): Claims {
  const [head, claims, signature] = token.split('.') as [string, string, string];
  const { alg, kid } = decoded(head) as { alg: string; kid: string };
  const key = createPublicKey({ key: keys.find((each) => each.kid === kid)!, format: 'jwk' });
  const isGood = createVerify(hashes[alg]!).update(`${head}.${claims}`).verify({ key, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'));
  expect(isGood).toBe(true);
  return decoded(claims) as Claims;
}

rowOnDocker(label('ServiceAccountIssuerDiscovery should support OIDC discovery of service account issuer'), async (t) => {
  const audience = 'oidc-discovery-test';
  const binding = t.unique('issuer-discovery');
  await t.api(clusterRoleBindings).create({
    metadata: { name: binding }, subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: t.namespace }],
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'system:service-account-issuer-discovery' },
  });
  t.cleanup(() => t.api(clusterRoleBindings).delete(binding));
  const volumeMounts = [{ name: 'token', mountPath: '/tokens', readOnly: true }];
  await t.api(pods).create(podOf('validator', [shell('main', untilTold, { volumeMounts })], { volumes: [tokenVolume('sa-token', 600, audience)] }));
  await podRunning(t, 'validator');
  const run = async (script: string) => {
    const { stdout, stderr, code } = await podExec(t, 'validator', ['sh', '-c', script]);
    if (code !== 0) throw new Error(stderr);
    return stdout;
  };
  // As the pod sees it: it knows nothing but its token, whose issuer it asks.
  const token = await run('cat /tokens/sa-token');
  const { iss } = decoded(token.split('.')[1]!) as Claims;
  const get = async (url: string) => JSON.parse(await run(`wget -qO- --no-check-certificate --header "Authorization: Bearer $(cat ${mountPath}/token)" ${url}`)) as unknown;
  const configuration = await t.eventually(async () => await get(`${iss}/.well-known/openid-configuration`) as { issuer: string; jwks_uri: string; id_token_signing_alg_values_supported: string[] });
  expect(configuration.issuer).toBe(iss);
  const claims = verified(token, await get(configuration.jwks_uri) as Keys);
  expect(claims).toMatchObject({ iss, aud: [audience], sub: `system:serviceaccount:${t.namespace}:default` });
  expect(claims.exp).toBeGreaterThan(claims.iat);
  expect(configuration.id_token_signing_alg_values_supported).toContain((decoded(token.split('.')[0]!) as { alg: string }).alg);
});
