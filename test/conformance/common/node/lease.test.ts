import { refusal } from '../../support/api';
import { leases } from '../../support/resources';
import { row } from '../../support/row';

const specOf = (holderIdentity: string, leaseDurationSeconds: number, acquired: number, renewed: number, leaseTransitions: number) => ({
  holderIdentity, leaseDurationSeconds, leaseTransitions,
  acquireTime: `0001-01-01T00:00:${String(acquired).padStart(2, '0')}.000000Z`, renewTime: `0001-01-01T00:00:${String(renewed).padStart(2, '0')}.000000Z`,
});

row('[sig-node] Lease lease API should be available', async (t) => {
  const api = t.api(leases);
  const specIs = async (spec: object) => expect((await api.get('lease')).spec).toEqual(spec);
  const [first, second, third] = [specOf('holder', 30, 2, 5, 0), specOf('holder2', 30, 20, 50, 1), specOf('holder3', 60, 50, 10, 2)];
  const created = await api.create({ metadata: { name: 'lease' }, spec: first });
  await specIs(first);
  await api.update({ ...created, spec: second });
  await specIs(second);
  await api.patch('lease', 'strategic', { spec: third });
  await specIs(third);
  await api.create({ metadata: { name: 'lease2', labels: { collected: 'true' } }, spec: first });
  expect((await api.list()).items).toHaveLength(2);
  await api.deleteCollection({ labelSelector: 'collected=true' });
  expect((await api.list()).items.map(({ metadata }) => metadata.name)).toEqual(['lease']);
  await api.delete('lease');
  expect(await refusal(api.get('lease'))).toMatchObject({ reason: 'NotFound' });
  await t.api(leases, '').list();
});
