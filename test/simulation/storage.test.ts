import type { Event, PersistentVolume, PersistentVolumeClaim, Pod } from '../../src/api/generated/core.v1';
import type { StorageClass } from '../../src/api/generated/storage.v1';
import { standardClass } from '../../src/kinds/local-storage/local-storage';
import { events, persistentVolumeClaims, persistentVolumes, pods, storageClasses } from '../../src/kinds/resources';
import { World } from './world';

let world: World;
beforeEach(async () => {
  world = await World.start(11);
});
afterEach(async () => {
  await world.stop();
  expect(world.clock.pendingTimers).toBe(0);
});

const claim = (name: string, storage: string, spec: Partial<PersistentVolumeClaim['spec']> = {}): PersistentVolumeClaim =>
  ({ metadata: { name, namespace: 'default' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage } }, ...spec } });
const volume = (name: string, storage: string, spec: Partial<PersistentVolume['spec']> = {}): PersistentVolume =>
  ({ metadata: { name }, spec: { capacity: { storage }, accessModes: ['ReadWriteOnce'], hostPath: { path: `/data/${name}` }, ...spec } });
const user = (name: string, claimName: string): Pod => ({
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'main', image: 'nginx' }], volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }] },
} as Pod);
const delayedClass = (name: string, provisioner: string, more: Partial<StorageClass> = {}): StorageClass =>
  ({ metadata: { name }, provisioner, volumeBindingMode: 'WaitForFirstConsumer', ...more });

const make = (object: PersistentVolumeClaim) => world.client.create(persistentVolumeClaims, object);
const getClaim = (name: string) => world.client.get<PersistentVolumeClaim>(persistentVolumeClaims, name, 'default');
const getVolume = (name: string) => world.client.get<PersistentVolume>(persistentVolumes, name);
const getPod = (name: string) => world.client.get<Pod>(pods, name, 'default');
const volumePhases = async () => Object.fromEntries((await world.client.list<PersistentVolume>(persistentVolumes)).items.map(({ metadata, status }) => [metadata.name, status?.phase]));
const told = async (name: string) => (await world.list<Event>(events)).filter(({ involvedObject }) => involvedObject.name === name).map(({ type, reason, message }) => `${type} ${reason} ${message}`);
const pass = (seconds = 3) => world.clock.advance(seconds * 1000);

describe('a claim without a class', () => {
  const none = { storageClassName: '' };

  it('takes the smallest volume that is large enough, in its mode', async () => {
    for (const [name, size] of [['huge', '10Gi'], ['small', '1Gi'], ['fitting', '3Gi']] as const) await world.client.create(persistentVolumes, volume(name, size));
    await world.client.create(persistentVolumes, volume('shared', '2Gi', { accessModes: ['ReadWriteMany'] }));
    await make(claim('data', '2Gi', none));
    await pass();
    expect(await getClaim('data')).toMatchObject({
      metadata: { annotations: { 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' } },
      spec: { volumeName: 'fitting' }, status: { phase: 'Bound', accessModes: ['ReadWriteOnce'], capacity: { storage: '3Gi' } },
    });
    expect(await volumePhases()).toEqual({ huge: 'Available', small: 'Available', fitting: 'Bound', shared: 'Available' });
  });

  it('waits, says so, and gets a volume that comes later', async () => {
    await make(claim('data', '2Gi', none));
    await pass();
    expect((await getClaim('data')).status?.phase).toBe('Pending');
    expect(await told('data')).toContain('Normal FailedBinding no persistent volumes available for this claim and no storage class is set');
    await world.client.create(persistentVolumes, volume('late', '2Gi'));
    await pass();
    expect((await getClaim('data')).status?.phase).toBe('Bound');
  });

  it('leaves its volume behind as Released, which another claim does not get', async () => {
    await world.client.create(persistentVolumes, volume('kept', '2Gi'));
    await make(claim('data', '2Gi', none));
    await pass();
    await world.client.delete(persistentVolumeClaims, 'data', 'default');
    await pass();
    expect(await volumePhases()).toEqual({ kept: 'Released' });
    await make(claim('data', '2Gi', none));
    await pass();
    expect((await getClaim('data')).status?.phase).toBe('Pending');
  });

  it('is lost with its volume', async () => {
    await world.client.create(persistentVolumes, volume('kept', '2Gi'));
    await make(claim('data', '2Gi', none));
    await pass();
    const bound = await getVolume('kept');
    await world.client.update(persistentVolumes, { ...bound, metadata: { ...bound.metadata, finalizers: [] } });
    await world.client.delete(persistentVolumes, 'kept');
    await pass();
    await world.client.get(persistentVolumes, 'kept').then(async (again) => {
      await world.client.update(persistentVolumes, { ...again, metadata: { ...again.metadata, finalizers: [] } });
    }, () => undefined);
    await pass();
    expect((await getClaim('data')).status?.phase).toBe('Lost');
    expect(await told('data')).toContain('Warning ClaimLost Bound claim has lost its PersistentVolume. Data on the volume is lost!');
  });

  it('gets the volume that it names, if that will do', async () => {
    await world.client.create(persistentVolumes, volume('small', '1Gi'));
    await make(claim('large', '2Gi', { ...none, volumeName: 'small' }));
    await pass();
    expect(await told('large')).toContain('Warning VolumeMismatch Cannot bind to requested volume "small": requested PV is too small');
    await make(claim('modest', '1Gi', { ...none, volumeName: 'small' }));
    await pass();
    expect((await getClaim('modest')).status?.phase).toBe('Bound');
    await make(claim('third', '1Gi', { ...none, volumeName: 'small' }));
    await pass();
    expect(await told('third')).toContain('Warning FailedBinding volume "small" already bound to a different claim.');
  });

  it('gets the volume that waits for it, though others would do', async () => {
    await world.client.create(persistentVolumes, volume('a', '1Gi'));
    await world.client.create(persistentVolumes, volume('b', '1Gi', { claimRef: { namespace: 'default', name: 'data' } }));
    await pass();
    expect(await volumePhases()).toEqual({ a: 'Available', b: 'Available' });
    await make(claim('data', '1Gi', none));
    await pass();
    expect((await getClaim('data')).spec.volumeName).toBe('b');
    expect((await getClaim('data')).metadata.annotations).toHaveProperty(['pv.kubernetes.io/bound-by-controller']);
    expect((await getVolume('b')).metadata.annotations ?? {}).not.toHaveProperty(['pv.kubernetes.io/bound-by-controller']);
  });

  it('hands its volume on when that is recycled', async () => {
    await world.client.create(persistentVolumes, volume('again', '1Gi', { persistentVolumeReclaimPolicy: 'Recycle' }));
    await make(claim('data', '1Gi', none));
    await pass();
    await world.client.delete(persistentVolumeClaims, 'data', 'default');
    await pass();
    expect(new Set(world.erased)).toEqual(new Set(['/data/again']));
    expect(await volumePhases()).toEqual({ again: 'Available' });
    expect(await told('again')).toContain('Normal VolumeRecycled Volume recycled');
  });
});

describe('a claim of the standard class', () => {
  it('gets a volume of its own at once, which goes with it', async () => {
    await make(claim('data', '1Gi'));
    await pass();
    const { metadata, spec, status } = await getClaim('data');
    expect(spec).toMatchObject({ storageClassName: 'standard', volumeName: `pvc-${metadata.uid}` });
    expect(status).toMatchObject({ phase: 'Bound', capacity: { storage: '1Gi' } });
    expect(await getVolume(spec.volumeName!)).toMatchObject({
      spec: { hostPath: { path: `/volumes/pvc-${metadata.uid}` }, persistentVolumeReclaimPolicy: 'Delete', storageClassName: 'standard', capacity: { storage: '1Gi' } },
      status: { phase: 'Bound' },
    });
    expect((await told('data')).sort()).toEqual([
      expect.stringContaining("Normal ExternalProvisioning Waiting for a volume to be created either by the external provisioner 'knarr.dev/local'"),
      'Normal Provisioning External provisioner is provisioning volume for claim "default/data"',
      `Normal ProvisioningSucceeded Successfully provisioned volume ${spec.volumeName}`,
    ]);
    await world.client.delete(persistentVolumeClaims, 'data', 'default');
    await pass();
    expect(await volumePhases()).toEqual({});
    expect(new Set(world.erased)).toEqual(new Set([spec.volumeName]));
  });

  it('stays while a pod uses it', async () => {
    await make(claim('data', '1Gi'));
    await world.client.create(pods, user('reader', 'data'));
    await pass(5);
    expect((await getPod('reader')).status?.phase).toBe('Running');
    await world.client.delete(persistentVolumeClaims, 'data', 'default');
    await pass();
    expect((await getClaim('data')).status?.phase).toBe('Bound');
    await world.client.delete(pods, 'reader', 'default');
    await pass(60);
    expect(await volumePhases()).toEqual({});
  });

  it('grows', async () => {
    await make(claim('data', '1Gi'));
    await pass();
    const bound = await getClaim('data');
    await world.client.update(persistentVolumeClaims, { ...bound, spec: { ...bound.spec, resources: { requests: { storage: '5Gi' } } } });
    await pass();
    expect((await getClaim('data')).status?.capacity).toEqual({ storage: '5Gi' });
    expect((await getVolume(bound.spec.volumeName!)).spec.capacity).toEqual({ storage: '5Gi' });
    expect(await told('data')).toContain('Normal VolumeResizeSuccessful Resize volume succeeded');
  });

  it('is kept where its class says so', async () => {
    await world.client.create(storageClasses, { ...standardClass, metadata: { name: 'kept' }, reclaimPolicy: 'Retain' });
    await make(claim('data', '1Gi', { storageClassName: 'kept' }));
    await pass();
    await world.client.delete(persistentVolumeClaims, 'data', 'default');
    await pass();
    expect(Object.values(await volumePhases())).toEqual(['Released']);
    expect(world.erased).toEqual([]);
  });
});

describe('a claim that waits for its first consumer', () => {
  it('is provisioned when its pod gets a node', async () => {
    await world.client.create(storageClasses, delayedClass('late', 'knarr.dev/local'));
    await make(claim('data', '1Gi', { storageClassName: 'late' }));
    await pass();
    expect((await getClaim('data')).status?.phase).toBe('Pending');
    expect(await told('data')).toEqual(['Normal WaitForFirstConsumer waiting for first consumer to be created before binding']);
    await world.client.create(pods, user('first', 'data'));
    await pass(10);
    const { metadata, status } = await getClaim('data');
    expect(status?.phase).toBe('Bound');
    const pod = await getPod('first');
    expect(pod.status?.phase).toBe('Running');
    expect(metadata.annotations?.['volume.kubernetes.io/selected-node']).toBe(pod.spec!.nodeName);
  });

  it('gets the volume of the node that its pod goes to', async () => {
    await world.client.create(storageClasses, delayedClass('local', 'kubernetes.io/no-provisioner'));
    const on = (node: string): Partial<PersistentVolume['spec']> => ({ storageClassName: 'local', local: { path: '/mnt' }, hostPath: undefined, nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] } } });
    await world.client.create(persistentVolumes, volume('there', '1Gi', on('node-2')));
    await make(claim('data', '1Gi', { storageClassName: 'local' }));
    await world.client.create(pods, user('first', 'data'));
    await pass(10);
    expect((await getPod('first')).spec!.nodeName).toBe('node-2');
    expect((await getClaim('data')).spec.volumeName).toBe('there');
  });

  it('keeps its pod waiting when no node has a volume for it', async () => {
    await world.client.create(storageClasses, delayedClass('local', 'kubernetes.io/no-provisioner'));
    await make(claim('data', '1Gi', { storageClassName: 'local' }));
    await world.client.create(pods, user('first', 'data'));
    await pass();
    expect(await told('first')).toContain("Warning FailedScheduling 0/3 nodes are available: 3 node(s) didn't find available persistent volumes to bind. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.");
    expect(await told('data')).toContain('Normal WaitForPodScheduled waiting for pod first to be scheduled');
  });
});

it.each([
  ['that is not there', 'absent', 'persistentvolumeclaim "absent" not found'],
  ['that is not bound', 'data', 'pod has unbound immediate PersistentVolumeClaims'],
])('a pod with a claim %s waits', async (_, name, reason) => {
  await make(claim('data', '1Gi', { storageClassName: '' }));
  await pass();
  await world.client.create(pods, user('web', name));
  await pass();
  expect(await told('web')).toContain(`Warning FailedScheduling 0/3 nodes are available: ${reason}. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.`);
});

it('a claim that one pod at a time may use keeps the second pod waiting', async () => {
  await make(claim('data', '1Gi', { accessModes: ['ReadWriteOncePod'] }));
  for (const name of ['one', 'two']) {
    await world.client.create(pods, user(name, 'data'));
    await pass(5);
  }
  expect((await getPod('two')).spec!.nodeName).toBeUndefined();
  expect((await told('two'))[0]).toContain('node(s) unavailable due to PersistentVolumeClaim with ReadWriteOncePod access mode already in-use by another pod');
});

it('the claim of an ephemeral volume lives and dies with its pod', async () => {
  const pod = user('web', 'unused');
  pod.spec!.volumes = [{ name: 'scratch', ephemeral: { volumeClaimTemplate: { spec: claim('', '1Gi').spec } } }];
  await world.client.create(pods, pod);
  await pass(10);
  expect((await getPod('web')).status?.phase).toBe('Running');
  expect((await getClaim('web-scratch')).metadata.ownerReferences).toMatchObject([{ kind: 'Pod', name: 'web', controller: true }]);
  await world.client.delete(pods, 'web', 'default');
  await pass(90);
  expect(await world.list(persistentVolumeClaims)).toEqual([]);
  expect(await volumePhases()).toEqual({});
});

it('a class that becomes the default later still serves claims that named none', async () => {
  await world.client.delete(storageClasses, 'standard');
  await make(claim('data', '1Gi'));
  await pass();
  expect((await getClaim('data')).status?.phase).toBe('Pending');
  await world.client.create(storageClasses, standardClass);
  await pass();
  expect((await getClaim('data')).status?.phase).toBe('Bound');
});
