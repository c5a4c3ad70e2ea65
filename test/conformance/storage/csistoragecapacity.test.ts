import { refusal } from '../support/api';
import { discovers } from '../support/discovery';
import { csiStorageCapacities } from '../support/resources';
import { row } from '../support/row';

row('[sig-storage] CSIStorageCapacity should support CSIStorageCapacities API operations', async (t) => {
  const api = t.api(csiStorageCapacities);
  const everywhere = t.api(csiStorageCapacities, '');
  const mine = { labelSelector: `test=${t.namespace}` };
  const capacity = (name: string) => ({ metadata: { name, labels: { test: t.namespace } }, storageClassName: 'test-storage-class' });
  await discovers(t, 'storage.k8s.io', 'v1', ['csistoragecapacities']);
  const made = await api.create(capacity('one'));
  expect(await refusal(api.create(capacity('one')))).toMatchObject({ code: 409, reason: 'AlreadyExists' });
  await api.create(capacity('two'));
  const watches = [await api.watch(mine), await everywhere.watch(mine)];
  await api.create(capacity('three'));
  expect((await api.get('one')).metadata.uid).toBe(made.metadata.uid);
  expect((await api.list(mine)).items).toHaveLength(3);
  expect((await everywhere.list(mine)).items).toHaveLength(3);
  const patched = await api.patch('one', 'merge', { metadata: { annotations: { patched: 'true' } } });
  expect(patched.metadata.annotations).toMatchObject({ patched: 'true' });
  const updated = await api.update({ ...patched, metadata: { ...patched.metadata, annotations: { ...patched.metadata.annotations, updated: 'true' } } });
  expect(updated.metadata.annotations).toMatchObject({ patched: 'true', updated: 'true' });
  for (const watch of watches) {
    await watch.until(({ type, object }) => type === 'ADDED' && object.metadata.name === 'three');
    await watch.until(({ type, object }) => type === 'MODIFIED' && object.metadata.annotations?.patched === 'true');
    await watch.until(({ type, object }) => type === 'MODIFIED' && object.metadata.annotations?.updated === 'true');
  }
  await api.delete('one');
  expect(await api.find('one')).toBeUndefined();
  expect((await api.list(mine)).items).toHaveLength(2);
  await api.deleteCollection(mine);
  expect((await api.list(mine)).items).toEqual([]);
});
