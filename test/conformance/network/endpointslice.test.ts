import type { EndpointSlice } from '../../../src/api/generated/discovery.v1';
import { refusal } from '../support/api';
import { discovers } from '../support/discovery';
import { podOf, podRunning, shell, untilTold } from '../support/pods';
import { endpoints, endpointSlices, pods, services } from '../support/resources';
import { row, type RowContext } from '../support/row';
import { makeService } from '../support/serving';

const label = (name: string) => `[sig-network] EndpointSlice should ${name}`;
const slicesOf = async (t: RowContext, service: string, namespace?: string): Promise<EndpointSlice[]> =>
  (await t.api(endpointSlices, namespace).list({ labelSelector: `kubernetes.io/service-name=${service}` })).items;

row(label('have Endpoints and EndpointSlices pointing to API Server'), async (t) => {
  await discovers(t, 'discovery.k8s.io', 'v1', ['endpointslices']);
  expect((await t.api(services, 'default').get('kubernetes')).metadata.name).toBe('kubernetes');
  const { subsets } = await t.api(endpoints, 'default').get('kubernetes');
  expect(subsets!.length).toBeGreaterThan(0);
  const slices = await slicesOf(t, 'kubernetes', 'default');
  const addresses = slices.flatMap((slice) => slice.endpoints.flatMap((endpoint) => endpoint.addresses));
  expect(addresses.sort()).toEqual(subsets!.flatMap((subset) => subset.addresses!.map(({ ip }) => ip)).sort());
});

row(label('create and delete Endpoints and EndpointSlices for a Service with a selector specified'), async (t) => {
  await makeService(t, 'empty', { selector: { 'does-not-match-anything': 'endpoints-and-endpoint-slices-should-still-be-created' }, ports: [{ name: 'example', port: 80 }] });
  await t.eventually(() => t.api(endpoints).find('empty'));
  const [slice] = await t.eventually(async () => {
    const found = await slicesOf(t, 'empty');
    return found.length > 0 && found;
  }) as EndpointSlice[];
  expect(slice!.metadata.labels!['endpointslice.kubernetes.io/managed-by']).toBe('endpointslice-controller.k8s.io');
  expect(slice!.endpoints ?? []).toEqual([]);
  await t.api(services).delete('empty');
  await t.eventually(async () => !(await t.api(endpoints).find('empty')));
  await t.eventually(async () => (await slicesOf(t, 'empty')).length === 0);
});

row(label('create Endpoints and EndpointSlices for Pods matching a Service'), async (t) => {
  const run = async (name: string, ports: { name: string; containerPort: number }[]) => {
    await t.api(pods).create(podOf(name, [shell('main', untilTold, { ports })], {}, { [name]: 'on', shared: 'on' }));
    return (await podRunning(t, name)).status!.podIP!;
  };
  const [one, two] = [await run('pod1', [{ name: 'example', containerPort: 3000 }]), await run('pod2', [{ name: 'example', containerPort: 3001 }, { name: 'other', containerPort: 3002 }])];
  const serve = (name: string, selector: Record<string, string>, targetPort: number | string) => makeService(t, name, { selector, publishNotReadyAddresses: true, ports: [{ name: 'http', port: 80, targetPort }] });
  await serve('int-port', { pod1: 'on' }, 3000);
  await serve('named-port', { shared: 'on' }, 'example');
  await serve('no-match', { pod3: 'on' }, 8080);
  /** `address:port` of all that a Service has: in slices, in Endpoints. */
  const has = (name: string, expected: string[]) => t.eventually(async () => {
    const slices = await slicesOf(t, name);
    const inSlices = slices.flatMap(({ endpoints: found, ports }) => (found ?? []).flatMap(({ addresses }) => (ports ?? []).map(({ port }) => `${addresses[0]}:${port}`)));
    const { subsets = [] } = await t.api(endpoints).get(name);
    const inEndpoints = subsets.flatMap(({ addresses = [], ports = [] }) => addresses.flatMap(({ ip }) => ports.map(({ port }) => `${ip}:${port}`)));
    expect([inSlices.sort(), inEndpoints.sort()]).toEqual([expected, expected]);
    return true;
  });
  await has('int-port', [`${one}:3000`]);
  await has('named-port', [`${one}:3000`, `${two}:3001`].sort());
  await has('no-match', []);
});

row(label('support creating EndpointSlice API operations'), async (t) => {
  const api = t.api(endpointSlices);
  const mine = { labelSelector: 'special=slice' };
  const slice = (name: string) => ({ metadata: { name, labels: { special: 'slice' } }, addressType: 'IPv4' as const, endpoints: [{ addresses: ['1.2.3.4', '5.6.7.8'].slice(0, 1) }] });
  await discovers(t, 'discovery.k8s.io', 'v1', ['endpointslices']);
  for (const name of ['one', 'two', 'three']) await api.create(slice(name));
  expect((await api.get('one')).metadata.name).toBe('one');
  expect((await api.list(mine)).items).toHaveLength(3);
  expect((await t.api(endpointSlices, '').list(mine)).items.filter(({ metadata }) => metadata.namespace === t.namespace)).toHaveLength(3);
  const watch = await api.watch(mine);
  await api.patch('one', 'merge', { metadata: { annotations: { patched: 'true' } } });
  expect((await api.change('one', ({ metadata }) => { metadata.annotations = { ...metadata.annotations, updated: 'true' }; })).metadata.annotations).toEqual({ patched: 'true', updated: 'true' });
  await watch.until(({ type, object }) => type === 'MODIFIED' && object.metadata.annotations?.updated === 'true');
  await api.delete('one');
  expect(await refusal(api.get('one'))).toMatchObject({ reason: 'NotFound' });
  await api.deleteCollection(mine);
  expect((await api.list(mine)).items).toEqual([]);
});
