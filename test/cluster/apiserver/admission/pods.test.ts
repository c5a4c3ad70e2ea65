import type { Pod, ServiceAccount } from '../../../../src/api/generated/core.v1';
import { core, failure, testRegistry } from '../support/registry';

const pod = (more: object = {}): Pod => ({ metadata: { name: 'p', namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'x' }], ...more } }) as Pod;
const account = (name: string, more: object = {}): ServiceAccount => ({ metadata: { name, namespace: 'default' }, ...more });

test('a pod gets its account, the token volume, tolerations and a priority', async () => {
  const { client } = await testRegistry();
  await client.create(core('serviceaccounts'), account('default', { imagePullSecrets: [{ name: 'pull' }] }));
  const { spec } = await client.create(core('pods'), pod());
  const volume = spec.volumes![0]!;
  expect(volume.name).toMatch(/^kube-api-access-[b-z2-9]{5}$/);
  expect(volume.projected).toEqual({
    defaultMode: 420,
    sources: [
      { serviceAccountToken: { expirationSeconds: 3607, path: 'token' } },
      { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      { downwardAPI: { items: [{ path: 'namespace', fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.namespace' } }] } },
    ],
  });
  expect(spec.containers[0]!.volumeMounts).toEqual([{ name: volume.name, readOnly: true, mountPath: '/var/run/secrets/kubernetes.io/serviceaccount' }]);
  expect(spec).toMatchObject({ serviceAccountName: 'default', serviceAccount: 'default', priority: 0, preemptionPolicy: 'PreemptLowerPriority', imagePullSecrets: [{ name: 'pull' }] });
  expect(spec.tolerations!.map(({ key, tolerationSeconds }) => [key, tolerationSeconds])).toEqual([['node.kubernetes.io/not-ready', 300], ['node.kubernetes.io/unreachable', 300]]);
});

test('the pod decides about the token before its account does', async () => {
  const { client } = await testRegistry();
  await client.create(core('serviceaccounts'), account('quiet', { automountServiceAccountToken: false }));
  expect((await client.create(core('pods'), pod({ serviceAccountName: 'quiet' }))).spec.volumes).toBeUndefined();
  const loud = { ...pod({ serviceAccountName: 'quiet', automountServiceAccountToken: true }), metadata: { name: 'loud', namespace: 'default' } };
  expect((await client.create(core('pods'), loud)).spec.volumes).toHaveLength(1);
});

test('without its account a pod is forbidden; the default one is waited for', async () => {
  const { client, clock } = await testRegistry();
  expect(await failure(() => client.create(core('pods'), pod({ serviceAccountName: 'who' }))))
    .toBe('403 Forbidden: pods "p" is forbidden: error looking up service account default/who: serviceaccount "who" not found');
  const patient = client.create(core('pods'), pod());
  await client.create(core('serviceaccounts'), account('default'));
  expect((await patient).spec.serviceAccountName).toBe('default');
  await client.delete(core('serviceaccounts'), 'default', 'default');
  const hopeless = failure(() => client.create(core('pods'), { ...pod(), metadata: { name: 'q', namespace: 'default' } }));
  await new Promise((resolve) => setImmediate(resolve));
  clock.advance(2000);
  expect(await hopeless).toMatch(/serviceaccount "default" not found/);
});

test('a binding puts a pod on a node, once', async () => {
  const { client } = await testRegistry();
  await client.create(core('serviceaccounts'), account('default'));
  await client.create(core('pods'), pod());
  const bind = () => client.create(core('pods'), { metadata: { name: 'p', namespace: 'default' }, target: { kind: 'Node', name: 'n' } } as never, { subresource: 'binding' });
  expect(await bind()).toMatchObject({ kind: 'Status', status: 'Success' });
  expect(await client.get<Pod>(core('pods'), 'p', 'default')).toMatchObject({ spec: { nodeName: 'n' }, status: { conditions: [{ type: 'PodScheduled', status: 'True' }] }, metadata: { generation: 1 } });
  expect(await failure(bind)).toBe('409 Conflict: Operation cannot be fulfilled on pods/binding "p": pod p is already assigned to node "n"');
});

test('a pod that its node runs by itself has no account', async () => {
  const { client } = await testRegistry();
  const mirror = (spec: object) => ({ ...pod({ nodeName: 'n', ...spec }), metadata: { name: 'p', namespace: 'default', annotations: { 'kubernetes.io/config.mirror': 'a1' } } });
  expect(await failure(() => client.create(core('pods'), mirror({ serviceAccountName: 'default' })))).toBe('403 Forbidden: pods "p" is forbidden: a mirror pod may not reference service accounts');
  const { spec } = await client.create<Pod>(core('pods'), mirror({}));
  expect([spec.serviceAccountName, spec.volumes]).toEqual([undefined, undefined]);
});
