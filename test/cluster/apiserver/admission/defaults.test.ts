import type { Ingress } from '../../../../src/api/generated/networking.v1';
import type { Node, PersistentVolume, PersistentVolumeClaim, Pod } from '../../../../src/api/generated/core.v1';
import type { KubeObject } from '../../../../src/api/meta';
import { mergeTolerations } from '../../../../src/kinds/node.k8s.io/runtimeclass/tolerations';
import { ingressClasses, ingresses, nodes, persistentVolumeClaims, persistentVolumes, pods, priorityClasses, runtimeClasses, storageClasses } from '../../../../src/kinds/resources';
import { core, failure, testRegistry } from '../support/registry';

const pod = (name: string, spec: object = {}): Pod => ({ metadata: { name, namespace: 'default' }, spec: { containers: [{ name: 'c', image: 'x' }], ...spec } }) as Pod;
const claim = (name: string, spec: object = {}, more: object = {}): PersistentVolumeClaim =>
  ({ metadata: { name, namespace: 'default', ...more }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, ...spec } }) as PersistentVolumeClaim;
const priorityClass = (name: string, value: number, more: object = {}) => ({ metadata: { name }, value, ...more });
const storageClass = (name: string, more: object = {}, annotations?: object) => ({ metadata: { name, ...(annotations && { annotations }) }, provisioner: 'x.example/y', ...more }) as KubeObject;
const defaultClass = { 'storageclass.kubernetes.io/is-default-class': 'true' };

async function world() {
  const made = await testRegistry();
  await made.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
  return made;
}

describe('priority', () => {
  test('pods get the value and the policy of their class, or of the default one', async () => {
    const { client } = await world();
    expect((await client.create(pods, pod('none'))).spec).toMatchObject({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
    await client.create(priorityClasses, priorityClass('high', 100, { preemptionPolicy: 'Never' }));
    await client.create(priorityClasses, priorityClass('usual', 7, { globalDefault: true }));
    expect((await client.create(pods, pod('high', { priorityClassName: 'high' }))).spec).toMatchObject({ priority: 100, preemptionPolicy: 'Never' });
    expect((await client.create(pods, pod('usual'))).spec).toMatchObject({ priority: 7, priorityClassName: 'usual', preemptionPolicy: 'PreemptLowerPriority' });
  });

  test.each([
    [{ priorityClassName: 'no' }, 'no PriorityClass with name no was found'],
    [{ priorityClassName: 'high', priority: 5 }, 'the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 100 from the given PriorityClass name'],
    [{ priorityClassName: 'high', preemptionPolicy: 'PreemptLowerPriority' }, 'the string value of PreemptionPolicy (PreemptLowerPriority) must not be provided in pod spec; priority admission controller computed Never from the given PriorityClass name'],
  ])('refuses %j', async (spec, why) => {
    const { client } = await world();
    await client.create(priorityClasses, priorityClass('high', 100, { preemptionPolicy: 'Never' }));
    expect(await failure(() => client.create(pods, pod('p', spec)))).toBe(`403 Forbidden: pods "p" is forbidden: ${why}`);
  });

  test('there is one default class', async () => {
    const { client } = await world();
    await client.create(priorityClasses, priorityClass('a', 1, { globalDefault: true }));
    await client.patch(priorityClasses, 'a', undefined, 'merge', { description: 'the usual' });
    expect(await failure(() => client.create(priorityClasses, priorityClass('b', 1, { globalDefault: true }))))
      .toBe('403 Forbidden: priorityclasses.scheduling.k8s.io "b" is forbidden: PriorityClass a is already marked as default. Only one default can exist');
  });

  test('an update that leaves the priority out keeps it', async () => {
    const { client } = await world();
    const { spec, metadata } = await client.create(pods, pod('p'));
    const updated = await client.update(pods, { metadata, spec: { ...spec, priority: undefined, preemptionPolicy: undefined } } as unknown as Pod);
    expect(updated.spec).toMatchObject({ priority: 0, preemptionPolicy: 'PreemptLowerPriority' });
  });
});

describe('runtime classes', () => {
  const gvisor = {
    metadata: { name: 'gvisor' }, handler: 'gvisor', overhead: { podFixed: { cpu: '250m' } },
    scheduling: { nodeSelector: { sandbox: 'yes' }, tolerations: [{ key: 'sandbox', operator: 'Exists' }] },
  };

  test('pods get the overhead and the places of their class', async () => {
    const { client } = await world();
    await client.create(runtimeClasses, gvisor as KubeObject);
    const { spec } = await client.create(pods, pod('p', { runtimeClassName: 'gvisor', nodeSelector: { disk: 'ssd' } }));
    expect(spec).toMatchObject({ overhead: { cpu: '250m' }, nodeSelector: { disk: 'ssd', sandbox: 'yes' } });
    expect(spec.tolerations!.map(({ key }) => key)).toEqual(['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable', 'sandbox']);
  });

  test.each([
    [{ runtimeClassName: 'no' }, 'pod rejected: RuntimeClass "no" not found'],
    [{ runtimeClassName: 'gvisor', overhead: { cpu: '1' } }, "pod rejected: Pod's Overhead doesn't match RuntimeClass's defined Overhead"],
    [{ overhead: { cpu: '1' } }, 'pod rejected: Pod Overhead set without corresponding RuntimeClass defined Overhead'],
    [{ runtimeClassName: 'gvisor', nodeSelector: { sandbox: 'no' } }, 'conflict: runtimeClass.scheduling.nodeSelector[sandbox] = yes; pod.spec.nodeSelector[sandbox] = no'],
  ])('refuses %j', async (spec, why) => {
    const { client } = await world();
    await client.create(runtimeClasses, gvisor as KubeObject);
    expect(await failure(() => client.create(pods, pod('p', spec)))).toBe(`403 Forbidden: pods "p" is forbidden: ${why}`);
  });

  test('a toleration that another one covers goes', () => {
    const all = { operator: 'Exists' } as const;
    const a = { key: 'a', operator: 'Equal', value: '1', effect: 'NoSchedule' } as const;
    const briefly = { key: 'b', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 } as const;
    const longer = { ...briefly, tolerationSeconds: 9 };
    expect(mergeTolerations([a, a])).toEqual([a]);
    expect(mergeTolerations([a, { key: 'a', operator: 'Exists' }])).toEqual([{ key: 'a', operator: 'Exists' }]);
    expect(mergeTolerations([briefly, longer])).toEqual([longer]);
    expect(mergeTolerations([a, briefly, all])).toEqual([all]);
    expect(mergeTolerations([a, briefly])).toEqual([a, briefly]);
  });
});

describe('default classes', () => {
  test('a claim that names none gets the newest default storage class', async () => {
    const { client, clock } = await world();
    expect((await client.create(persistentVolumeClaims, claim('early'))).spec.storageClassName).toBeUndefined();
    await client.create(storageClasses, storageClass('old', {}, defaultClass));
    clock.advance(2000);
    await client.create(storageClasses, storageClass('new', {}, defaultClass));
    expect((await client.create(persistentVolumeClaims, claim('a'))).spec.storageClassName).toBe('new');
    expect((await client.create(persistentVolumeClaims, claim('b', { storageClassName: '' }))).spec.storageClassName).toBe('');
    expect((await client.create(persistentVolumeClaims, claim('c', {}, { annotations: { 'volume.beta.kubernetes.io/storage-class': 'x' } }))).spec.storageClassName).toBeUndefined();
  });

  test('an ingress that names none gets the default ingress class', async () => {
    const { client } = await world();
    const ingress = (name: string, annotations = {}): Ingress => ({ metadata: { name, namespace: 'default', annotations }, spec: { defaultBackend: { service: { name: 's', port: { number: 80 } } } } });
    await client.create(ingressClasses, { metadata: { name: 'nginx', annotations: { 'ingressclass.kubernetes.io/is-default-class': 'true' } }, spec: { controller: 'x.example/y' } } as KubeObject);
    expect((await client.create(ingresses, ingress('a'))).spec!.ingressClassName).toBe('nginx');
    expect((await client.create(ingresses, ingress('b', { 'kubernetes.io/ingress.class': 'other' }))).spec!.ingressClassName).toBeUndefined();
  });
});

test('claims and volumes are born protected', async () => {
  const { client } = await world();
  const volume = { metadata: { name: 'v', finalizers: ['a.example/b'] }, spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], hostPath: { path: '/x' } } } as unknown as PersistentVolume;
  expect((await client.create(persistentVolumeClaims, claim('c'))).metadata.finalizers).toEqual(['kubernetes.io/pvc-protection']);
  expect((await client.create(persistentVolumes, volume)).metadata.finalizers).toEqual(['a.example/b', 'kubernetes.io/pv-protection']);
});

test('a claim grows if it is bound and its class lets it', async () => {
  const { client } = await world();
  const grow = (name: string) => failure(() => client.patch(persistentVolumeClaims, name, 'default', 'merge', { spec: { resources: { requests: { storage: '2Gi' } } } }));
  for (const [name, allowVolumeExpansion] of [['fixed', false], ['elastic', true]] as const) {
    await client.create(storageClasses, storageClass(name, { allowVolumeExpansion }));
    await client.create(persistentVolumeClaims, claim(name, { storageClassName: name }));
    await client.patch(persistentVolumeClaims, name, 'default', 'merge', { status: { phase: 'Bound' } }, { subresource: 'status' });
  }
  expect(await grow('elastic')).toBeUndefined();
  expect(await grow('fixed')).toBe('403 Forbidden: persistentvolumeclaims "fixed" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize');
});

test('a new node is not ready', async () => {
  const { client } = await world();
  const made = await client.create(nodes, { metadata: { name: 'n' }, spec: { taints: [{ key: 'mine', effect: 'NoSchedule' }] } } as Node);
  expect(made.spec!.taints).toEqual([{ key: 'mine', effect: 'NoSchedule' }, { key: 'node.kubernetes.io/not-ready', effect: 'NoSchedule' }]);
});
