import type { LimitRange, Pod } from '../../../../src/api/generated/core.v1';
import { core, failure, testRegistry } from '../support/registry';

const limitRange = (limits: object[]): LimitRange => ({ metadata: { name: 'l', namespace: 'default' }, spec: { limits } }) as LimitRange;
const pod = (name: string, resources: object = {}): Pod => ({ metadata: { name, namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'x', resources }] } }) as Pod;

async function world() {
  const { client } = await testRegistry();
  await client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
  const make = (object: Pod) => client.create(core('pods'), object);
  return { client, make };
}

test('pods get defaults before their quality of service is decided, and are measured with them', async () => {
  const { client, make } = await world();
  await client.create(core('limitranges'), limitRange([{ type: 'Container', default: { cpu: '1', memory: '1Gi' }, max: { cpu: '2' } }]));
  const made = await make(pod('a'));
  expect(made.spec.containers[0]!.resources).toEqual({ limits: { cpu: '1', memory: '1Gi' }, requests: { cpu: '1', memory: '1Gi' } });
  expect(made.status!.qosClass).toBe('Guaranteed');
  expect(await failure(() => make(pod('b', { limits: { cpu: '3' } }))))
    .toBe('403 Forbidden: pods "b" is forbidden: maximum cpu usage per Container is 2, but limit is 3');
});

test('an update of a pod is not measured; a claim that grows is', async () => {
  const { client, make } = await world();
  await make(pod('a'));
  const claim = { metadata: { name: 'c', namespace: 'default' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } };
  await client.create(core('persistentvolumeclaims'), claim);
  await client.create(core('limitranges'), limitRange([{ type: 'Container', min: { cpu: '1' } }, { type: 'PersistentVolumeClaim', max: { storage: '1Mi' } }]));
  await client.patch(core('pods'), 'a', 'default', 'merge', { metadata: { labels: { a: 'b' } } });
  expect(await failure(() => client.patch(core('persistentvolumeclaims'), 'c', 'default', 'merge', { metadata: { labels: { a: 'b' } } })))
    .toBe('403 Forbidden: persistentvolumeclaims "c" is forbidden: maximum storage usage per PersistentVolumeClaim is 1Mi, but request is 1Gi');
});
