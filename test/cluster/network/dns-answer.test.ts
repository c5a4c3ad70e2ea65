import type { Answer, RecordType } from 'dns-packet';
import type { Service } from '../../../src/api/generated/core.v1';
import type { EndpointSlice } from '../../../src/api/generated/discovery.v1';
import { answerFromCluster } from '../../../src/cluster/network/dns/answer';
import type { NamesView } from '../../../src/cluster/network/dns/view';
import { endpoint, service, slice, unready } from './objects';

const services: Service[] = [
  service('web', { clusterIP: '10.96.1.1', ports: [{ name: 'http', port: 80 }, { name: 'metrics', port: 9090 }] }),
  service('db', { clusterIP: 'None', ports: [{ name: 'sql', port: 5432 }] }),
  service('idle', { clusterIP: 'None', ports: [{ port: 1 }] }),
  service('portless', { clusterIP: 'None' }),
  service('outside', { type: 'ExternalName', externalName: 'www.example.org' }),
];
const slices: EndpointSlice[] = [
  slice('db', [{ name: 'sql', port: 15432, protocol: 'TCP' }], [{ ...endpoint('10.244.0.3'), hostname: 'db-0' }, endpoint('10.244.0.4'), endpoint('10.244.0.5', 'n1', unready)]),
  slice('web', [{ name: 'http', port: 8080 }], [endpoint('10.244.0.3')]),
  { ...slice('portless', [], [endpoint('10.244.0.6')]), ports: null as never },
  { ...slice('idle', [], []), endpoints: null as never, ports: null as never },
];
const view: NamesView = {
  hasNamespace: (name) => name === 'default',
  service: (namespace, name) => services.find(({ metadata }) => metadata.namespace === namespace && metadata.name === name),
  serviceAt: (address) => services.find(({ spec }) => spec.clusterIP === address),
  slicesOf: ({ metadata }) => slices.filter((of) => of.metadata.labels!['kubernetes.io/service-name'] === metadata.name),
  slicesWith: (address) => slices.filter(({ endpoints }) => endpoints?.some(({ addresses }) => addresses.includes(address))),
};
const zone = { domain: 'cluster.local', address: '10.96.0.10' };

const ask = (name: string, type: RecordType = 'A') => answerFromCluster({ name, type, class: 'IN' }, view, zone);

/** `A 10.96.1.1`, `SRV 100 80 web.default.svc.cluster.local` */
const text = (answer: Answer): string => {
  if (answer.type === 'SRV') return `SRV ${answer.data.weight} ${answer.data.port} ${answer.data.target}`;
  return `${answer.type} ${String((answer as { data: unknown }).data)}`;
};

describe('answers about Services', () => {
  const cluster = '.svc.cluster.local';
  const sql = ['SRV 50 15432 db-0.db.default.svc.cluster.local', 'SRV 50 15432 10-244-0-4.db.default.svc.cluster.local'];

  it.each<[string, string, RecordType, string[]]>([
    ['a cluster IP', `web.default${cluster}`, 'A', ['A 10.96.1.1']],
    ['letter case does not matter', `WEB.Default.svc.Cluster.Local`, 'A', ['A 10.96.1.1']],
    ['a name that ends in a dot', `web.default${cluster}.`, 'A', ['A 10.96.1.1']],
    ['no IPv6 address', `web.default${cluster}`, 'AAAA', []],
    ['no mail server', `web.default${cluster}`, 'MX', []],
    ['ready endpoints of a headless Service', `db.default${cluster}`, 'A', ['A 10.244.0.3', 'A 10.244.0.4']],
    ['a headless Service without ports', `portless.default${cluster}`, 'A', ['A 10.244.0.6']],
    ['an endpoint by its hostname', `db-0.db.default${cluster}`, 'A', ['A 10.244.0.3']],
    ['an endpoint by its address', `10-244-0-4.db.default${cluster}`, 'A', ['A 10.244.0.4']],
    ['a named port', `_http._tcp.web.default${cluster}`, 'SRV', ['SRV 100 80 web.default.svc.cluster.local']],
    ['all ports', `web.default${cluster}`, 'SRV', ['SRV 50 80 web.default.svc.cluster.local', 'SRV 50 9090 web.default.svc.cluster.local']],
    ['a named port of a headless Service', `_sql._tcp.db.default${cluster}`, 'SRV', sql],
    ['an alias', `outside.default${cluster}`, 'A', ['CNAME www.example.org']],
    ['an alias, asked for anything', `outside.default${cluster}`, 'AAAA', ['CNAME www.example.org']],
    ['a pod by its address', '10-244-0-3.default.pod.cluster.local', 'A', ['A 10.244.0.3']],
    ['a cluster IP reversed', '1.1.96.10.in-addr.arpa', 'PTR', ['PTR web.default.svc.cluster.local']],
    ['an endpoint with a hostname reversed', '3.0.244.10.in-addr.arpa', 'PTR', ['PTR db-0.db.default.svc.cluster.local']],
    ['the version of the specification', 'dns-version.cluster.local', 'TXT', ['TXT 1.1.0']],
    ['the name server', 'cluster.local', 'NS', ['NS ns.dns.cluster.local']],
    ['its address', 'ns.dns.cluster.local', 'A', ['A 10.96.0.10']],
    ['a namespace has no records', `default${cluster}`, 'A', []],
    ['nor has svc', 'svc.cluster.local', 'A', []],
  ])('%s', (_, name, type, expected) => {
    const answer = ask(name, type)!;
    expect(answer.code).toBe('NOERROR');
    expect(answer.answers.map(text)).toEqual(expected);
    expect(answer.authorities.map(({ type: of }) => of)).toEqual(expected.length > 0 ? [] : ['SOA']);
  });

  it.each([
    ['an unknown Service', `nobody.default${cluster}`],
    ['an unknown namespace', `web.elsewhere${cluster}`],
    ['an unknown endpoint', `10-244-0-9.db.default${cluster}`],
    ['an endpoint that is not ready', `10-244-0-5.db.default${cluster}`],
    ['a headless Service without endpoints', `idle.default${cluster}`],
    ['an unknown port', `_nope._tcp.web.default${cluster}`],
    ['a port of another protocol', `_http._udp.web.default${cluster}`],
    ['too many labels', `a.b.c.web.default${cluster}`],
    ['a search domain behind a foreign name', `example.org.default${cluster}`],
    ['a namespace that does not exist', `elsewhere${cluster}`],
    ['a pod in such a namespace', '10-244-0-3.elsewhere.pod.cluster.local'],
    ['a pod that is no address', 'web.default.pod.cluster.local'],
    ['another name in the zone', 'else.cluster.local'],
  ])('NXDOMAIN for %s', (_, name) => {
    expect(ask(name)).toMatchObject({ code: 'NXDOMAIN', answers: [], authorities: [{ type: 'SOA', ttl: 5 }] });
  });

  it.each(['example.org', 'cluster.local.example.org', 'notcluster.local', '9.9.9.9.in-addr.arpa'])('leaves %s to others', (name) => {
    expect(ask(name)).toBeUndefined();
  });

  it('keeps the name as it was asked, and the targets\' addresses with SRV records', () => {
    expect(ask(`Web.default${cluster}`)!.answers).toEqual([{ type: 'A', name: `Web.default${cluster}`, ttl: 30, data: '10.96.1.1' }]);
    expect(ask(`_sql._tcp.db.default${cluster}`, 'SRV')!.additionals.map(text)).toEqual(['A 10.244.0.3', 'A 10.244.0.4']);
  });
});
