import { createSocket, type Socket } from 'node:dgram';
import { connect } from 'node:net';
import { decode, encode, type Answer, type DecodedPacket, type RecordType } from 'dns-packet';
import { systemClock } from '../../../src/api/clock';
import { createResolver } from '../../../src/cluster/network/dns/resolver';
import { nameServers } from '../../../src/cluster/network/dns/resolv-conf';
import { startDnsServer, type DnsServer } from '../../../src/cluster/network/dns/server';
import { splitMessages, withLength } from '../../../src/cluster/network/dns/stream';
import { createUpstream } from '../../../src/cluster/network/dns/upstream';
import type { NamesView } from '../../../src/cluster/network/dns/view';
import { endpoint, service, slice } from './objects';

const many = service('many', { clusterIP: 'None', ports: [{ port: 1 }] });
const alias = service('alias', { type: 'ExternalName', externalName: 'www.example.org' });
const addresses = Array.from({ length: 60 }, (_, index) => `10.244.0.${index + 2}`);
const view: NamesView = {
  hasNamespace: () => true,
  service: (_, name) => [many, alias].find(({ metadata }) => metadata.name === name),
  serviceAt: () => undefined,
  slicesOf: () => [slice('many', [{ port: 1 }], addresses.map((address) => endpoint(address)))],
  slicesWith: () => [],
};

const query = (name: string, extra: object[] = []) => encode({ type: 'query', id: 7, flags: 0x100, questions: [{ name, type: 'A' as RecordType }], additionals: extra as Answer[] });

function overUdp(port: number, message: Buffer): Promise<DecodedPacket> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4').on('message', (response) => {
      socket.close();
      resolve(decode(response));
    });
    socket.send(message, port, '127.0.0.1');
  });
}

function overTcp(port: number, ...messages: Buffer[]): Promise<DecodedPacket[]> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const received: DecodedPacket[] = [];
    splitMessages(socket, (response) => {
      received.push(decode(response));
      if (received.length < messages.length) return;
      socket.destroy();
      resolve(received);
    });
    // In odd pieces, as a network may deliver them.
    const all = Buffer.concat(messages.map(withLength));
    socket.write(all.subarray(0, 3));
    socket.write(all.subarray(3));
  });
}

describe('the name server', () => {
  let server: DnsServer;
  let outside: Socket;
  let asked: string[];
  let servers: string[];

  beforeEach(async () => {
    asked = [];
    servers = ['127.0.0.1'];
    outside = createSocket('udp4');
    outside.on('message', (message, from) => {
      const { id, questions } = decode(message);
      const [question] = questions!;
      asked.push(question!.name);
      const missing = question!.name.startsWith('missing');
      outside.send(encode({ type: 'response', id: id!, flags: missing ? 3 : 0, questions: [question!], answers: missing ? [] : [{ type: 'A', name: question!.name, ttl: 300, data: '192.0.2.1' }] }), from.port, from.address);
    });
    await new Promise<void>((bound) => outside.bind(0, '127.0.0.1', () => bound()));
    const upstream = createUpstream({ clock: systemClock, servers: async () => servers, port: outside.address().port });
    server = await startDnsServer('127.0.0.1', createResolver({ view, zone: { domain: 'cluster.local', address: '10.96.0.10' }, upstream, random: () => 0 }));
  });

  afterEach(async () => {
    await server.close();
    await new Promise<void>((closed) => outside.close(() => closed()));
  });

  it('answers what fits over UDP, and says when to come back over TCP', async () => {
    const cut = await overUdp(server.port, query('many.default.svc.cluster.local'));
    expect(cut).toMatchObject({ id: 7, flag_tc: true, answers: [] });
    const [whole] = await overTcp(server.port, query('many.default.svc.cluster.local'));
    expect(whole).toMatchObject({ flag_tc: false, flag_aa: true, flag_ra: true, flag_rd: true });
    expect(whole!.answers!.map((answer) => (answer as { data: string }).data).sort()).toEqual([...addresses].sort());
  });

  it('gives more to those who take more', async () => {
    const edns = { type: 'OPT', name: '.', udpPayloadSize: 4096, flags: 0, options: [], extendedRcode: 0, ednsVersion: 0, flag_do: false };
    const answer = await overUdp(server.port, query('many.default.svc.cluster.local', [edns]));
    expect(answer.answers!.length + (answer.flag_tc ? 1000 : 0)).toBeGreaterThanOrEqual(60);
    expect(answer.additionals).toMatchObject([{ type: 'OPT', udpPayloadSize: 1232 }]);
  });

  it('serves several queries of one connection', async () => {
    const answers = await overTcp(server.port, query('nobody.default.svc.cluster.local'), query('many.default.svc.cluster.local'));
    expect(new Set(answers.map((answer) => (answer as DecodedPacket & { rcode: string }).rcode))).toEqual(new Set(['NXDOMAIN', 'NOERROR']));
  });

  it('asks others about other names, once', async () => {
    const first = await overUdp(server.port, query('example.org'));
    expect(first).toMatchObject({ id: 7, rcode: 'NOERROR', answers: [{ data: '192.0.2.1' }] });
    expect(await overUdp(server.port, query('example.org'))).toEqual(first);
    expect(asked).toEqual(['example.org']);
  });

  it('passes on that a name does not exist, and asks again for what has no time to live', async () => {
    expect(await overUdp(server.port, query('missing.example.org'))).toMatchObject({ rcode: 'NXDOMAIN' });
    await overUdp(server.port, query('missing.example.org'));
    expect(asked).toHaveLength(2);
  });

  it('follows an alias', async () => {
    const { answers } = await overUdp(server.port, query('alias.default.svc.cluster.local'));
    expect(answers).toMatchObject([{ type: 'CNAME', data: 'www.example.org' }, { type: 'A', data: '192.0.2.1' }]);
  });

  it('says so when no other server can be asked', async () => {
    servers = [];
    expect(await overUdp(server.port, query('example.org'))).toMatchObject({ id: 7, rcode: 'SERVFAIL' });
  });

  it('survives what is no query', async () => {
    const socket = createSocket('udp4');
    for (const junk of [Buffer.alloc(0), Buffer.from('nonsense'), encode({ type: 'response', id: 1 })]) socket.send(junk, server.port, '127.0.0.1');
    expect(await overUdp(server.port, query('nobody.default.svc.cluster.local'))).toMatchObject({ rcode: 'NXDOMAIN' });
    socket.close();
  });
});

it.each([
  ['', []],
  ['nameserver 10.0.0.1\n', ['10.0.0.1']],
  ['# nameserver 10.0.0.9\nsearch example.org\n  nameserver\t10.0.0.1 \nnameserver fe80::1%eth0\noptions ndots:1\nnameserver nonsense', ['10.0.0.1', 'fe80::1%eth0']],
  ['nameserver 1.1.1.1\nnameserver 1.1.1.2\nnameserver 1.1.1.3\nnameserver 1.1.1.4', ['1.1.1.1', '1.1.1.2', '1.1.1.3']],
])('name servers of %j', (text, expected) => {
  expect(nameServers(text)).toEqual(expected);
});
