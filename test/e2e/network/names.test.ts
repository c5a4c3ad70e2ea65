import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { run, knarrPath } from '../../support/cluster';
import { describeWithEngine } from '../../support/engine';
import { answeredBy, client, pod, server, service, startNetwork, type Network } from './cluster';

jest.setTimeout(240_000);

const web = { app: 'web' };
const http = { name: 'http', port: 80, targetPort: 8080 };

describeWithEngine('names on Docker', () => {
  let net: Network;
  const addresses: Record<string, string> = {};

  beforeAll(async () => {
    net = await startNetwork('e2e-names');
    const node = net.nodes[0]!.name;
    await net.apply(
      service('early', { selector: web, ports: [http, { name: 'also-this', port: 99, protocol: 'UDP' }] }),
      service('bare', { clusterIP: 'None', selector: web, ports: [http] }),
      service('elsewhere', { type: 'ExternalName', externalName: 'early.default.svc.cluster.local' }),
      service('unready', { clusterIP: 'None', selector: { app: 'none' }, ports: [http] }),
    );
    await net.apply(
      client('client', { node }), pod('web-1', [server(8080)], { node, labels: web }, { hostname: 'one', subdomain: 'bare' }),
      pod('silent', [{ name: 'main', image: 'busybox:1.36', command: ['sleep', '3600'] }], { node }, { enableServiceLinks: false }),
    );
    await net.ok('wait', '--for=condition=Ready', 'pod', '--all', '--timeout=120s');
    addresses.early = await net.field('svc early', '.spec.clusterIP');
    addresses.web = await net.field('pod web-1', '.status.podIP');
    addresses.client = await net.field('pod client', '.status.podIP');
  });
  afterAll(() => net?.cluster.destroy());

  const dashed = (name: string) => addresses[name]!.replaceAll('.', '-');
  const reverse = (name: string) => `${addresses[name]!.split('.').reverse().join('.')}.in-addr.arpa`;
  const suffix = 'default.svc.cluster.local';

  it.each<[string, () => [type: string, name: string], () => string]>([
    ['a Service', () => ['a', `early.${suffix}`], () => `Address: ${addresses.early}`],
    ['the pods of a headless one', () => ['a', `bare.${suffix}`], () => `Address: ${addresses.web}`],
    ['a pod by its hostname', () => ['a', `one.bare.${suffix}`], () => `Address: ${addresses.web}`],
    ['a pod by its address', () => ['a', `${dashed('client')}.default.pod.cluster.local`], () => `Address: ${addresses.client}`],
    ['the name that an ExternalName stands for', () => ['a', `elsewhere.${suffix}`], () => `elsewhere.${suffix}\tcanonical name = early.${suffix}\nName:\tearly.${suffix}\nAddress: ${addresses.early}`],
    ['a port', () => ['srv', `_http._tcp.early.${suffix}`], () => `service = 0 100 80 early.${suffix}`],
    ['a port of a pod', () => ['srv', `_http._tcp.bare.${suffix}`], () => `service = 0 100 8080 one.bare.${suffix}`],
    ['a port of no such protocol', () => ['srv', `_http._udp.early.${suffix}`], () => 'NXDOMAIN'],
    ['the Service of an address', () => ['ptr', reverse('early')], () => `name = early.${suffix}`],
    ['the hostname of a pod\'s address', () => ['ptr', reverse('web')], () => `name = one.bare.${suffix}`],
    ['no name of a pod without a hostname', () => ['ptr', reverse('client')], () => 'NXDOMAIN'],
    ['nothing behind a headless Service', () => ['a', `unready.${suffix}`], () => 'NXDOMAIN'],
    ['no such Service', () => ['a', `nobody.${suffix}`], () => 'NXDOMAIN'],
  ])('%s', async (_, question, expected) => {
    const [type, name] = question();
    expect(await net.inPod('client', `nslookup -type=${type} ${name}. 2>&1`)).toContain(expected());
  });

  it('no IPv6 of what there is, which is not nothing', async () => {
    const said = await net.inPod('client', `nslookup -type=aaaa early.${suffix}. 2>&1`);
    expect(said).not.toMatch(/NXDOMAIN|Name:/);
  });

  it('are searched for from the pod\'s own namespace up, and outside names are asked for last', async () => {
    expect(await net.inPod('client', 'cat /etc/resolv.conf')).toBe(`search ${suffix} svc.cluster.local cluster.local\nnameserver 10.96.0.10\noptions ndots:5\n`);
    for (const name of ['early', 'early.default', 'early.default.svc', `early.${suffix}`, 'elsewhere']) await answeredBy(() => net.ask('client', name), 'one');
  });

  it('are variables of pods that begin later than the Service', async () => {
    const variables = (await net.inPod('client', 'env')).split('\n').filter((line) => line.startsWith('EARLY_')).sort();
    const at = addresses.early!;
    expect(variables).toEqual([
      `EARLY_PORT=tcp://${at}:80`, `EARLY_PORT_80_TCP=tcp://${at}:80`, `EARLY_PORT_80_TCP_ADDR=${at}`, 'EARLY_PORT_80_TCP_PORT=80', 'EARLY_PORT_80_TCP_PROTO=tcp',
      `EARLY_PORT_99_UDP=udp://${at}:99`, `EARLY_PORT_99_UDP_ADDR=${at}`, 'EARLY_PORT_99_UDP_PORT=99', 'EARLY_PORT_99_UDP_PROTO=udp',
      `EARLY_SERVICE_HOST=${at}`, 'EARLY_SERVICE_PORT=80', 'EARLY_SERVICE_PORT_ALSO_THIS=99', 'EARLY_SERVICE_PORT_HTTP=80',
    ]);
    const silent = await net.inPod('silent', 'env');
    expect(silent).not.toContain('EARLY_');
    expect(silent).toContain('KUBERNETES_SERVICE_HOST=10.96.0.1');
  });

  it('lead here to Services through <service>.<namespace>.localhost', async () => {
    const status = JSON.parse(run(knarrPath, ['status', '--profile', 'e2e-names', '-o', 'json'], net.cluster.env).stdout) as { ingress: string[] };
    const port = Number(new URL(status.ingress[0]!).port || 80);
    const said = await new Promise<string>((resolve, reject) => {
      get({ host: '127.0.0.1', port, headers: { host: `early.default.localhost:${port}` } }, (response) => void text(response).then(resolve, reject)).on('error', reject);
    });
    expect(said).toMatch(/^one /);
  });
});
