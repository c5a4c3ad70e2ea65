import { refusal } from '../support/api';
import { podOf, shell } from '../support/pods';
import { csiDrivers, pods } from '../support/resources';
import { row } from '../support/row';

row('[sig-storage] CSIInlineVolumes should support CSIVolumeSource in Pod API', async (t) => {
  const api = t.api(pods);
  const volumes = [
    { name: 'one', csi: { driver: 'e2e.example.com' } },
    { name: 'two', csi: { driver: 'e2e.example.com', fsType: 'ext4', readOnly: true } },
  ];
  const volumeMounts = ['one', 'two'].map((name) => ({ name, mountPath: `/mnt/${name}` }));
  const pod = podOf('inline', [shell('main', 'ls /mnt/*', { volumeMounts })], { volumes });
  const made = await api.create(pod);
  expect(await refusal(api.create(pod))).toMatchObject({ code: 409, reason: 'AlreadyExists' });
  expect((await api.get('inline')).metadata.uid).toBe(made.metadata.uid);
  expect((await api.get('inline')).spec.volumes).toEqual(expect.arrayContaining(volumes.map((volume) => expect.objectContaining(volume))));
  expect((await api.list()).items).toHaveLength(1);
  expect((await api.patch('inline', 'merge', { metadata: { annotations: { patched: 'true' } } })).metadata.annotations).toMatchObject({ patched: 'true' });
  await api.delete('inline');
  const left = await api.find('inline');
  expect(left === undefined || left.metadata.deletionTimestamp !== undefined).toBe(true);
});

row('[sig-storage] CSIInlineVolumes should run through the lifecycle of a CSIDriver', async (t) => {
  const api = t.api(csiDrivers);
  const [first, second] = [t.unique('inline-driver'), t.unique('inline-driver')];
  const mine = { labelSelector: `e2e-test=${t.namespace}` };
  const driver = (name: string, volumeLifecycleModes: ('Persistent' | 'Ephemeral')[]) =>
    ({ metadata: { name, labels: { 'e2e-test': t.namespace } }, spec: { volumeLifecycleModes, fsGroupPolicy: 'ReadWriteOnceWithFSType' as const } });
  t.cleanup(() => api.deleteCollection(mine));
  const made = await api.create(driver(first, ['Ephemeral']));
  await api.create(driver(second, ['Persistent', 'Ephemeral']));
  expect(await refusal(api.create(driver(first, ['Ephemeral'])))).toMatchObject({ code: 409, reason: 'AlreadyExists' });
  expect((await api.get(first)).metadata.uid).toBe(made.metadata.uid);
  expect((await api.patch(second, 'strategic', { metadata: { labels: { [second]: 'patched' } } })).metadata.labels).toMatchObject({ [second]: 'patched' });
  const updated = await api.change(second, ({ metadata }) => { metadata.labels![second] = 'updated'; });
  expect(updated.metadata.labels).toMatchObject({ [second]: 'updated' });
  expect((await api.list(mine)).items).toHaveLength(2);
  await api.delete(first);
  expect(await api.find(first)).toBeUndefined();
  await api.deleteCollection({ labelSelector: `${second}=updated` });
  expect(await api.find(second)).toBeUndefined();
});
