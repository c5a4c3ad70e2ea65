import type { TokenRequest } from '../../../../src/api/generated/authentication.v1';
import type { Pod } from '../../../../src/api/generated/core.v1';
import { inProcessClient } from '../../../../src/cluster/daemon/in-process-client';
import { pods, secrets, serviceAccounts } from '../../../../src/kinds/resources';
import { admin, failure, testRegistry } from '../support/registry';

/** Signs nothing, and says what it was asked to. */
async function world() {
  const { registry, client } = await testRegistry();
  for (const name of ['default', 'other']) await client.create(serviceAccounts, { metadata: { name, namespace: 'default' } });
  const pod = await client.create(pods, { metadata: { name: 'p', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'x' }] } } as Pod);
  await client.create(secrets, { metadata: { name: 's', namespace: 'default' } });
  const signing = inProcessClient({ ...registry, tokens: { sign: (claims: object) => JSON.stringify(claims) } as never }, admin);
  const request = async (spec: object, metadata: object = {}, name = 'default') => signing.create<TokenRequest>(
    serviceAccounts, { metadata: { namespace: 'default', ...metadata }, spec } as never, { subresource: 'token', name },
  );
  const bound = (reference: object, name?: string) => request({ boundObjectRef: reference }, {}, name);
  return { request, bound, pod };
}

test('a token says whose it is, for whom, and until when', async () => {
  const { request } = await world();
  const { metadata, spec, status } = await request({ audiences: ['a'], expirationSeconds: 600 });
  expect({ metadata, spec }).toMatchObject({ metadata: { name: 'default', namespace: 'default' }, spec: { audiences: ['a'], expirationSeconds: 600 } });
  expect(status!.expirationTimestamp).toBe('2026-01-31T12:10:00Z');
  expect(JSON.parse(status!.token)).toMatchObject({ sub: 'system:serviceaccount:default:default', aud: ['a'], 'kubernetes.io': { serviceaccount: { name: 'default' } } });
});

test('a token is bound to what exists', async () => {
  const { bound, pod } = await world();
  const { status } = await bound({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: pod.metadata.uid });
  expect((JSON.parse(status!.token) as Record<string, object>)['kubernetes.io']).toMatchObject({ pod: { name: 'p', uid: pod.metadata.uid } });
  expect((await bound({ apiVersion: 'v1', kind: 'Secret', name: 's' })).status!.token).toContain('"secret":{"name":"s"');
});

test.each<[string, (made: Awaited<ReturnType<typeof world>>) => Promise<unknown>, string]>([
  ['another name', ({ request }) => request({}, { name: 'x' }), '422 Invalid: TokenRequest.authentication.k8s.io "default" is invalid: metadata.name: Invalid value: "x": must match the service account name if specified'],
  ['too short', ({ request }) => request({ expirationSeconds: 10 }), '422 Invalid: TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 10: may not specify a duration less than 10 minutes'],
  ['no account', ({ request }) => request({}, {}, 'gone'), '404 NotFound: serviceaccounts "gone" not found'],
  ['no pod', ({ bound }) => bound({ apiVersion: 'v1', kind: 'Pod', name: 'gone' }), '404 NotFound: pods "gone" not found'],
  ['another pod', ({ bound }) => bound({ apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' }), '409 Conflict: Operation cannot be fulfilled on Pod "p": the UID in the bound object reference (u) does not match the UID in record. The object might have been deleted and then recreated'],
  ["another account's pod", ({ bound }) => bound({ apiVersion: 'v1', kind: 'Pod', name: 'p' }, 'other'), '400 BadRequest: cannot bind token for serviceaccount "other" to pod running with different serviceaccount name.'],
  ['anything else', ({ bound }) => bound({ apiVersion: 'apps/v1', kind: 'Deployment', name: 'd' }), '400 BadRequest: cannot bind token to object of type apps/v1, Kind=Deployment'],
])('is refused: %s', async (_, work, expected) => {
  const made = await world();
  expect(await failure(() => work(made))).toBe(expected);
});
