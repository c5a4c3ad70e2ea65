import { endpoints, endpointSlices } from '../support/resources';
import { row, type RowContext } from '../support/row';
import { makeService } from '../support/serving';

const slices = async (t: RowContext) => (await t.api(endpointSlices).list({ labelSelector: 'kubernetes.io/service-name=custom' })).items;
const mirrored = (t: RowContext, address: string, port: number) => t.eventually(async () => {
  const found = await slices(t);
  expect(found).toMatchObject([{ metadata: { labels: { 'endpointslice.kubernetes.io/managed-by': 'endpointslicemirroring-controller.k8s.io' } }, endpoints: [{ addresses: [address] }], ports: [{ name: 'example', port }] }]);
  return true;
});

row('[sig-network] EndpointSliceMirroring should mirror a custom Endpoints resource through create update and delete', async (t) => {
  await makeService(t, 'custom', { ports: [{ name: 'example', port: 80 }] });
  await t.api(endpoints).create({ metadata: { name: 'custom' }, subsets: [{ addresses: [{ ip: '10.1.2.3' }], ports: [{ name: 'example', port: 80 }] }] });
  await mirrored(t, '10.1.2.3', 80);
  await t.api(endpoints).change('custom', (object) => { object.subsets = [{ addresses: [{ ip: '10.2.3.4' }], ports: [{ name: 'example', port: 81 }] }]; });
  await mirrored(t, '10.2.3.4', 81);
  await t.api(endpoints).delete('custom');
  await t.eventually(async () => (await slices(t)).length === 0);
});
