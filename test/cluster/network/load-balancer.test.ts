import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { systemClock } from '../../../src/api/clock';
import type { Event, Service, ServiceSpec } from '../../../src/api/generated/core.v1';
import { FakeClient } from '../../../src/client/fake';
import { startNetwork, type Network } from '../../../src/cluster/network';
import { assignAddresses, isBalanced, loopbackAddresses } from '../../../src/cluster/network/host/load-balancer';
import { resources } from '../../../src/cluster/network/state';
import type { NodeNetwork } from '../../../src/runtime/port';
import { eventually } from '../../support/cluster';
import { endpoint, service, slice } from './objects';

const balanced = (name: string, port: number, more: Partial<ServiceSpec> = {}): Service => service(name, { type: 'LoadBalancer', clusterIP: '10.96.1.1', ports: [{ port, nodePort: 30_000 + (port % 2000) }], ...more });

describe('addresses of load balancers', () => {
  const assign = (services: Service[], { current = {}, taken = [] }: { current?: Record<string, string>; taken?: string[] } = {}) => Object.fromEntries(assignAddresses({
    services, addresses: ['127.0.0.1', '127.0.0.2'], current: ({ metadata }) => current[metadata.name],
    isTaken: (address, protocol, port) => taken.includes(`${address} ${protocol}/${port}`),
  }));

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['other ports share one', assign([balanced('a', 80), balanced('b', 443)]), { 'default/a': '127.0.0.1', 'default/b': '127.0.0.1' }],
    ['the same port does not', assign([balanced('a', 80), balanced('b', 80)]), { 'default/a': '127.0.0.1', 'default/b': '127.0.0.2' }],
    ['protocols are apart', assign([balanced('a', 53), balanced('b', 53, { ports: [{ port: 53, protocol: 'UDP' }] })]), { 'default/a': '127.0.0.1', 'default/b': '127.0.0.1' }],
    ['none is left', assign(['a', 'b', 'c'].map((name) => balanced(name, 80))), { 'default/a': '127.0.0.1', 'default/b': '127.0.0.2' }],
    ['who is there stays', assign([balanced('a', 80), balanced('b', 80)], { current: { b: '127.0.0.1' } }), { 'default/a': '127.0.0.2', 'default/b': '127.0.0.1' }],
    ['unless the port was lost', assign([balanced('a', 80)], { current: { a: '127.0.0.1' }, taken: ['127.0.0.1 tcp/80'] }), { 'default/a': '127.0.0.2' }],
    ['the one that is asked for', assign([balanced('a', 80, { loadBalancerIP: '127.0.0.9' })]), { 'default/a': '127.0.0.9' }],
    ['or none', assign([balanced('a', 80, { loadBalancerIP: '127.0.0.2' })], { taken: ['127.0.0.2 tcp/80'] }), {}],
    ['one that is elsewhere cannot be had', assign([balanced('a', 80, { loadBalancerIP: '192.0.2.1' })]), { 'default/a': '127.0.0.1' }],
    ['another one\'s class', assign([balanced('a', 80, { loadBalancerClass: 'example.com/lb' }), service('b', { type: 'NodePort', ports: [{ port: 80 }] })]), {}],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

  it('one that is deleted needs none', () => expect(isBalanced({ ...balanced('a', 80), metadata: { name: 'a', deletionTimestamp: '2026-01-01T00:00:00Z' } })).toBe(false));
  it('only Linux has a whole range', () => expect([loopbackAddresses('linux').length, loopbackAddresses('darwin')]).toEqual([254, ['127.0.0.1']]));
});

/** Answers with what was dialled. */
const fakeNode: NodeNetwork = {
  address: '172.30.0.2', hostAddress: '127.0.0.1', applyRules: async () => undefined, forgetUdp: async () => undefined,
  dial: async (address, port): Promise<Duplex> => {
    const [near, far] = duplexPair();
    far.on('data', () => undefined).on('end', () => far.end(`${address}:${port}`));
    return near;
  },
};

const talk = (host: string, port: number) => new Promise<string>((resolve, reject) => {
  let answer = '';
  connect({ host, port, allowHalfOpen: true }).on('data', (chunk) => { answer += String(chunk); }).on('end', () => resolve(answer)).on('error', reject).end('hello');
});

const events = { group: '', version: 'v1', plural: 'events', namespaced: true };

const listening = (port: number, host: string) => new Promise<Server>((resolve) => {
  const server = createServer().listen(port, host, () => resolve(server));
});
const closed = (server: Server) => new Promise((resolve) => server.close(resolve));

async function freePort(): Promise<number> {
  const server = await listening(0, '127.0.0.1');
  const { port } = server.address() as AddressInfo;
  await closed(server);
  return port;
}

const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('load balancers on this machine', () => {
  let client: FakeClient;
  let network: Network;

  beforeEach(async () => {
    client = new FakeClient({ clock: systemClock, random: Math.random });
    network = await startNetwork({
      client, networks: new Map([['n1', fakeNode]]), clock: systemClock, random: Math.random,
      clusterDomain: 'cluster.local', clusterDNS: '10.96.0.10', listenOnHost: true, log: () => undefined,
    });
  });
  afterEach(() => network.stop());

  const create = async (name: string, port: number, more: Partial<ServiceSpec> = {}) => {
    await client.create(resources.endpointSlices, slice(name, [{ name: '', port: 8080 }], [endpoint('10.244.0.3')]));
    await client.create(resources.services, balanced(name, port, more));
  };
  const addressOf = async (name: string) => (await client.get<Service>(resources.services, name, 'default')).status?.loadBalancer?.ingress?.[0]?.ip;
  const given = (name: string) => eventually(() => addressOf(name));

  it('serves Services of one port at addresses of their own, by their node ports', async () => {
    const port = await freePort();
    await create('one', port);
    await create('two', port);
    expect([await given('one'), await given('two')].sort()).toEqual(['127.0.0.1', '127.0.0.2']);
    for (const name of ['one', 'two']) expect(await talk((await given(name))!, port)).toBe(`172.30.0.2:${30_000 + (port % 2000)}`);
    expect((await client.get<Service>(resources.services, 'one', 'default')).status).toEqual({ loadBalancer: { ingress: [{ ip: await given('one'), ipMode: 'Proxy' }] } });
  });

  it('enters by the cluster IP where there is no node port', async () => {
    const port = await freePort();
    await create('one', port, { ports: [{ port }], allocateLoadBalancerNodePorts: false });
    expect(await talk((await given('one'))!, port)).toBe(`10.96.1.1:${port}`);
  });

  it('gives way to other programs', async () => {
    const port = await freePort();
    const other = await listening(port, '127.0.0.1');
    await create('one', port);
    expect(await given('one')).toBe('127.0.0.2');
    expect((await client.list(events)).items).toEqual([]);
    await closed(other);
  });

  it('tells who holds the port everywhere, and takes it once it is free', async () => {
    const port = await freePort();
    const other = await listening(port, '0.0.0.0');
    await create('one', port);
    const event = await eventually(async () => (await client.list<Event>(events)).items[0]);
    expect(event).toMatchObject({ type: 'Warning', reason: 'LoadBalancerUnavailable', involvedObject: { kind: 'Service', name: 'one' } });
    expect(event!.message).toContain(`tcp/${port} cannot be opened on this machine: port ${port} is in use by `);
    expect(await addressOf('one')).toBeUndefined();
    await closed(other);
    expect(await given('one')).toBe('127.0.0.1');
  });

  it('turns away clients that are not in the source ranges', async () => {
    const port = await freePort();
    await create('one', port, { loadBalancerSourceRanges: ['10.0.0.0/8'] });
    const address = (await given('one'))!;
    await expect(talk(address, port)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await client.patch(resources.services, 'one', 'default', 'merge', { spec: { loadBalancerSourceRanges: ['127.0.0.0/8'] } });
    await eventually(() => talk(address, port));
  });

  it('takes the address back when the Service is another type, or gone', async () => {
    const port = await freePort();
    await create('one', port);
    await given('one');
    await client.patch(resources.services, 'one', 'default', 'merge', { spec: { type: 'NodePort' } });
    await eventually(async () => (await addressOf('one')) === undefined);
    await expect(talk('127.0.0.1', port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('leaves addresses of others alone', async () => {
    await client.create(resources.services, { ...balanced('other', 80, { loadBalancerClass: 'example.com/lb' }), status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } });
    const port = await freePort();
    await create('one', port);
    await given('one');
    expect(await addressOf('other')).toBe('192.0.2.1');
  });
});
