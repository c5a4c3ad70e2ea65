import fc from 'fast-check';
import type { Service, ServiceSpec } from '../../../../src/api/generated/core.v1';
import { createMemoryStore } from '../../../../src/cluster/store';
import { formatIPv4, parseIPv4, usableAddresses } from '../../../../src/cluster/apiserver/hooks/service/addresses';
import { NumberRange } from '../../../../src/cluster/apiserver/hooks/service/number-range';
import { core, failure, seeded, testRegistry } from '../support/registry';

const services = core('services');
const service = (name: string, spec: Partial<ServiceSpec> = {}): Service =>
  ({ metadata: { name, namespace: 'default' }, spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec } as ServiceSpec });

async function setup() {
  const world = await testRegistry();
  const create = async (name: string, spec?: Partial<ServiceSpec>) => (await world.client.create(services, service(name, spec))).spec;
  const change = async (name: string, patch: object) => (await world.client.patch<Service>(services, name, 'default', 'merge', { spec: patch })).spec;
  return { ...world, create, change };
}

test('an address, and all fields of a single-stack cluster', async () => {
  const { create } = await setup();
  const spec = await create('a');
  expect(spec).toMatchObject({ clusterIPs: [spec.clusterIP], ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', type: 'ClusterIP' });
  expect(spec.clusterIP).toMatch(/^10\.96\.0\.\d+$/);
  expect(await create('none', { clusterIP: 'None' })).toMatchObject({ clusterIP: 'None', clusterIPs: ['None'] });
  expect(await create('open', { clusterIP: 'None', selector: {} })).toMatchObject({ ipFamilies: ['IPv4', 'IPv6'], ipFamilyPolicy: 'RequireDualStack' });
  expect((await create('ext', { type: 'ExternalName', externalName: 'example.org', ports: [] })).clusterIP).toBeUndefined();
});

test('requested addresses and ports are given once, and come back with the service', async () => {
  const { create, client } = await setup();
  expect(await create('a', { clusterIP: '10.96.0.10', type: 'NodePort', ports: [{ port: 80, nodePort: 30007 }] })).toMatchObject({ clusterIP: '10.96.0.10', ports: [{ nodePort: 30007 }] });
  expect(await failure(() => create('b', { clusterIP: '10.96.0.10' })))
    .toBe('422 Invalid: Service "b" is invalid: spec.clusterIPs: Invalid value: []string{"10.96.0.10"}: failed to allocate IP 10.96.0.10: provided IP is already allocated');
  expect(await failure(() => create('b', { type: 'NodePort', ports: [{ port: 80, nodePort: 30007 }] })))
    .toBe('422 Invalid: Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 30007: provided port is already allocated');
  expect(await failure(() => create('b', { type: 'NodePort', ports: [{ port: 80, nodePort: 8080 }] })))
    .toBe('422 Invalid: Service "b" is invalid: spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-30031');
  expect(await failure(() => create('b', { clusterIP: '10.97.0.1' })))
    .toMatch(/failed to allocate IP 10.97.0.1: the provided IP \(10.97.0.1\) is not in the valid range. The range of valid IPs is 10.96.0.0\/24$/);
  expect(await failure(() => create('b', { ipFamilyPolicy: 'RequireDualStack' }))).toMatch(/this cluster is not configured for dual-stack services/);
  await client.delete(services, 'a', 'default');
  expect(await create('b', { clusterIP: '10.96.0.10', type: 'NodePort', ports: [{ port: 80, nodePort: 30007 }] })).toBeDefined();
});

test('a failed or dry write holds nothing', async () => {
  const { create, client } = await setup();
  await failure(() => create('a', { clusterIP: '10.96.0.20', ports: [{ port: 0 }] }));
  await client.create(services, service('a', { clusterIP: '10.96.0.20' }), { dryRun: true });
  expect(await create('a', { clusterIP: '10.96.0.20' })).toMatchObject({ clusterIP: '10.96.0.20' });
});

test('updates keep what was given, take what is new, and give back what is not needed', async () => {
  const { create, change, client } = await setup();
  const { clusterIP } = await create('a', { type: 'NodePort', ports: [{ name: 'x', port: 80, nodePort: 30001 }] });
  const kept = await client.update(services, service('a', { type: 'NodePort', ports: [{ name: 'x', port: 81 }, { name: 'y', port: 82 }] }));
  expect(kept.spec).toMatchObject({ clusterIP, ports: [{ nodePort: 30001 }, { nodePort: expect.any(Number) }] });
  expect(await change('a', { type: 'ClusterIP' })).toMatchObject({ clusterIP, type: 'ClusterIP' });
  expect(await create('b', { type: 'NodePort', ports: [{ port: 80, nodePort: 30001 }] })).toBeDefined();
  expect((await change('a', { type: 'ExternalName', externalName: 'example.org', clusterIP: null, clusterIPs: null })).clusterIP).toBeUndefined();
  expect(await create('c', { clusterIP })).toMatchObject({ clusterIP });
  expect((await change('a', { type: 'ClusterIP' })).clusterIP).toMatch(/^10\.96\.0\./);
});

test('one node port serves one port under two protocols', async () => {
  const { create } = await setup();
  const { ports } = await create('dns', { type: 'NodePort', ports: [{ name: 'u', port: 53, protocol: 'UDP' }, { name: 't', port: 53, protocol: 'TCP' }] });
  expect(ports![0]!.nodePort).toBe(ports![1]!.nodePort);
});

test('a full range says so', async () => {
  const { create } = await setup();
  for (let n = 0; n < 32; n++) await create(`s${n}`, { type: 'NodePort' });
  expect(await failure(() => create('last', { type: 'NodePort' }))).toBe('500 InternalError: Internal error occurred: failed to allocate a nodePort: range is full');
});

test('after a restart everything stored is still held', async () => {
  const store = createMemoryStore();
  const { client } = await testRegistry([], store);
  await client.create(services, service('a', { clusterIP: '10.96.0.30' }));
  const again = await testRegistry([], store);
  expect(await failure(() => again.client.create(services, service('b', { clusterIP: '10.96.0.30' })))).toMatch(/provided IP is already allocated/);
});

/* What the allocators hold is not stored beside the Services but read off them, so that nothing can be lost or leak: whatever happened, a server that starts agrees. */
test('whatever was written, the server and one that starts on its store hold exactly what Services have', async () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const port = fc.integer({ min: 30000, max: 30004 });
  const ip = fc.integer({ min: 1, max: 5 }).map((last) => `10.96.0.${last}`);
  const step = fc.oneof(
    fc.record({ do: fc.constant('create' as const), name, spec: fc.record({ clusterIP: ip, type: fc.constantFrom('ClusterIP' as const, 'NodePort' as const), ports: fc.tuple(port, fc.constantFrom(80, 0)).map(([nodePort, number]) => [{ port: number, nodePort }]) }) }),
    fc.record({ do: fc.constant('change' as const), name, patch: fc.constantFrom<object>({ type: 'ClusterIP' }, { type: 'NodePort' }, { type: 'ExternalName', externalName: 'x.example', clusterIP: null, clusterIPs: null }, { clusterIP: '10.96.0.3' }, { ports: [{ port: 81, nodePort: 30002 }] }) }),
    fc.record({ do: fc.constant('delete' as const), name }),
  );
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
    const store = createMemoryStore();
    const { client } = await testRegistry([], store);
    for (const one of steps) {
      await failure(async () => {
        if (one.do === 'create') return client.create(services, service(one.name, one.spec.type === 'NodePort' ? one.spec : { ...one.spec, ports: [{ port: one.spec.ports[0]!.port }] }));
        if (one.do === 'change') return client.patch<Service>(services, one.name, 'default', 'merge', { spec: one.patch });
        return client.delete(services, one.name, 'default');
      });
    }
    const { items } = await client.list<Service>(services);
    const addresses = new Set(items.flatMap(({ spec }) => spec.clusterIPs ?? []));
    const ports = new Set(items.flatMap(({ spec }) => spec.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []));
    for (const server of [client, (await testRegistry([], store)).client]) {
      for (let last = 1; last <= 6; last++) {
        const tried = await failure(() => server.create(services, service('probe', { clusterIP: `10.96.0.${last}`, type: 'ClusterIP' }), { dryRun: true }));
        expect([last, tried?.includes('already allocated') ?? false]).toEqual([last, addresses.has(`10.96.0.${last}`)]);
      }
      for (let nodePort = 30000; nodePort <= 30005; nodePort++) {
        const tried = await failure(() => server.create(services, service('probe', { type: 'NodePort', ports: [{ port: 80, nodePort }] }), { dryRun: true }));
        expect([nodePort, tried?.includes('already allocated') ?? false]).toEqual([nodePort, ports.has(nodePort)]);
      }
    }
  }), { numRuns: 30 });
});

test('a range gives each number once, the upper band first', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 1000 }), (size, band, seed) => {
    const range = new NumberRange(100, 99 + size, band, seeded(seed));
    const given = Array.from({ length: size }, () => range.takeNext()!);
    const upper = Math.max(0, size - band);
    return new Set(given).size === size && given.every((number) => range.contains(number)) && range.takeNext() === undefined
      && given.slice(0, upper).every((number) => number >= 100 + Math.min(band, size - 1));
  }));
});

test('addresses', () => {
  expect(usableAddresses('10.96.0.0/12')).toEqual({ from: parseIPv4('10.96.0.1'), to: parseIPv4('10.111.255.254') });
  expect(formatIPv4(parseIPv4('255.0.127.1')!)).toBe('255.0.127.1');
  expect([parseIPv4('256.0.0.1'), parseIPv4('::1'), parseIPv4('None')]).toEqual([undefined, undefined, undefined]);
});
