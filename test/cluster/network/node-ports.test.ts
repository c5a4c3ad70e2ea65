import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { duplexPair, type Duplex } from 'node:stream';
import { systemClock } from '../../../src/api/clock';
import type { Event, Pod } from '../../../src/api/generated/core.v1';
import { FakeClient } from '../../../src/client/fake';
import { startNetwork, type Network } from '../../../src/cluster/network';
import { listeningInodes, portHolder } from '../../../src/cluster/network/host/holder';
import { hostPorts } from '../../../src/cluster/network/host/plan';
import { resources } from '../../../src/cluster/network/state';
import type { NodeNetwork } from '../../../src/runtime/port';
import { eventually } from '../../support/cluster';
import { endpoint, service, slice, unready } from './objects';

/** Answers `<address>:<port> got <text>` when the client has ended its side; refuses the node's own address, as sim does. */
function fakeNode(): NodeNetwork & { scripts: string[] } {
  const scripts: string[] = [];
  const dial = async (address: string, port: number): Promise<Duplex> => {
    if (address === '172.30.0.2') throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const [near, far] = duplexPair();
    let text = '';
    far.on('data', (chunk: Buffer) => { text += String(chunk); }).on('end', () => far.end(`${address}:${port} got ${text}`));
    return near;
  };
  return { address: '172.30.0.2', hostAddress: '127.0.0.1', scripts, dial, applyRules: async (script) => void scripts.push(script), forgetUdp: async () => undefined };
}

const talk = (port: number, text: string, host = '127.0.0.1') => new Promise<string>((resolve, reject) => {
  let answer = '';
  connect({ port, host, allowHalfOpen: true }).on('data', (chunk) => { answer += String(chunk); }).on('end', () => resolve(answer)).on('error', reject).end(text);
});

const listenSomewhere = () => new Promise<Server>((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => resolve(server));
});
const portOf = (server: Server) => (server.address() as AddressInfo).port;
const closed = (server: Server) => new Promise((resolve) => server.close(resolve));

async function freePort(): Promise<number> {
  const server = await listenSomewhere();
  const port = portOf(server);
  await closed(server);
  return port;
}

describe('node ports on this machine', () => {
  let client: FakeClient;
  let network: Network;
  let node: ReturnType<typeof fakeNode>;

  beforeEach(async () => {
    client = new FakeClient({ clock: systemClock, random: Math.random });
    node = fakeNode();
    network = await startNetwork({
      client, networks: new Map([['n1', node]]), clock: systemClock, random: Math.random,
      clusterDomain: 'cluster.local', clusterDNS: '10.96.0.10', listenOnHost: true, log: () => undefined,
    });
  });
  afterEach(() => network.stop());

  const expose = async (port: number) => {
    await client.create(resources.endpointSlices, slice('web', [{ name: '', port: 8080 }], [endpoint('10.244.0.3')]));
    return client.create(resources.services, service('web', { type: 'NodePort', clusterIP: '10.96.1.1', ports: [{ port: 80, nodePort: port }] }));
  };

  it('opens with the Service, carries both directions to their ends, and closes with it', async () => {
    const port = await freePort();
    await expose(port);
    expect(await eventually(() => talk(port, 'hello'))).toBe('10.244.0.3:8080 got hello');
    expect(node.scripts.at(-1)).toContain(`tcp . ${port}`);
    await client.delete(resources.services, 'web', 'default');
    await eventually(() => talk(port, '').then(() => false, (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED'));
  });

  it('resets connections while nothing is ready', async () => {
    const port = await freePort();
    await expose(port);
    await eventually(() => talk(port, 'hello'));
    await client.update(resources.endpointSlices, slice('web', [{ name: '', port: 8080 }], [endpoint('10.244.0.3', 'n1', unready)]));
    await eventually(() => talk(port, '').then(() => false, () => true));
  });

  it('tells on the Service who holds a taken port', async () => {
    const holder = await listenSomewhere();
    await expose(portOf(holder));
    const events = await eventually(async () => {
      const { items } = await client.list<Event>({ group: '', version: 'v1', plural: 'events', namespaced: true });
      return items.length > 0 ? items : undefined;
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ type: 'Warning', reason: 'NodePortUnavailable', involvedObject: { kind: 'Service', name: 'web', namespace: 'default' } });
    expect(events[0]!.message).toContain(`port ${portOf(holder)} is in use by `);
    if (process.platform === 'linux') expect(events[0]!.message).toContain(`(pid ${process.pid})`);
    await closed(holder);
  });
});

describe('the plan of host ports', () => {
  const of = (spec: object) => service('web', { clusterIP: '10.96.1.1', type: 'NodePort', ports: [{ port: 80, nodePort: 30080 }], ...spec });
  const slices = [slice('web', [{ name: '', port: 8080 }], [endpoint('10.244.1.2', 'n2'), endpoint('10.244.1.3', 'n2', unready)])];
  const plan = (spec: object) => [...hostPorts({ services: [of(spec)], slices, pods: [], nodeNames: ['n1', 'n2'], addressOf: () => undefined, isOwn: (address) => address === '192.0.2.7', balancers: () => new Map() }).values()].map(({ protocol, address, port, nodes, endpoints }) => ({ protocol, ...(address && { address }), port, nodes, at: endpoints.map(({ address }) => address) }));

  it.each<[string, object, object[]]>([
    ['nothing without node ports', { ports: [{ port: 80 }] }, []],
    ['any node', {}, [{ protocol: 'tcp', port: 30080, nodes: ['n1', 'n2'], at: ['10.244.1.2'] }]],
    ['nodes with endpoints for policy Local', { externalTrafficPolicy: 'Local' }, [{ protocol: 'tcp', port: 30080, nodes: ['n2'], at: ['10.244.1.2'] }]],
    ['UDP', { ports: [{ port: 53, protocol: 'UDP', nodePort: 30053 }] }, [{ protocol: 'udp', port: 30053, nodes: ['n1', 'n2'], at: ['10.244.1.2'] }]],
    ['external addresses that this machine has', { ports: [{ port: 80 }], externalIPs: ['203.0.113.9', '192.0.2.7'] }, [{ protocol: 'tcp', address: '192.0.2.7', port: 80, nodes: ['n1', 'n2'], at: ['10.244.1.2'] }]],
    ['no SCTP', { ports: [{ port: 53, protocol: 'SCTP', nodePort: 30053 }] }, []],
  ])('%s', (_, spec, expected) => {
    expect(plan(spec)).toEqual(expected);
  });

  it.each<[string, object[], string | undefined, object[]]>([
    ['of a real node', [{ containerPort: 80, hostPort: 8080 }], '172.18.0.2', [{ protocol: 'tcp', port: 8080, nodes: ['n1'] }]],
    ['not of a simulated one', [{ containerPort: 80, hostPort: 8080 }], undefined, []],
    ['at its loopback', [{ containerPort: 80, hostPort: 8080, hostIP: '127.0.0.1' }], '172.18.0.2', [{ protocol: 'tcp', port: 8080, nodes: ['n1'], at: '127.0.0.1' }]],
    ['no datagrams there', [{ containerPort: 80, hostPort: 8080, hostIP: '127.0.0.1', protocol: 'UDP' }], '172.18.0.2', []],
    ['not at an address of another machine', [{ containerPort: 80, hostPort: 8080, hostIP: '192.0.2.1' }], '172.18.0.2', []],
    ['a Service\'s node port comes first', [{ containerPort: 80, hostPort: 30080 }], '172.18.0.2', []],
  ])('ports of pods: %s', (_, ports, address, expected) => {
    const pod = { metadata: { name: 'p', namespace: 'default' }, spec: { nodeName: 'n1', containers: [{ name: 'c', ports }] }, status: { podIP: '10.244.0.3' } } as unknown as Pod;
    const rows = hostPorts({ services: [of({})], slices, pods: [pod], nodeNames: ['n1', 'n2'], addressOf: () => address, isOwn: () => false, balancers: () => new Map() });
    expect([...rows.values()].filter(({ owner }) => owner.kind === 'Pod').map(({ protocol, port, nodes, entry: { at } }) => ({ protocol, port, nodes, ...(at && { at }) }))).toEqual(expected);
  });
});

describe('who holds a port', () => {
  it('reads listening sockets off /proc', () => {
    const listing = [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1',
      '   1: 0100007F:1F90 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4712 1',
      '   2: 00000000:0050 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1',
    ].join('\n');
    expect(listeningInodes(listing, 8080)).toEqual(['4711']);
    expect(listeningInodes(listing, 80)).toEqual(['4713']);
    expect(listeningInodes('', 80)).toEqual([]);
  });

  it('knows nobody for a free port', async () => {
    expect(await portHolder(await freePort())).toBeUndefined();
  });
});
