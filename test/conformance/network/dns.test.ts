import { images, outputOf, podExec, podOf, podReady, program, shell, untilTold } from '../support/pods';
import { pods, services } from '../support/resources';
import { rowOnDocker, type RowContext } from '../support/row';
import { askingPod, hostnameServer, makeService, serverPod } from '../support/serving';

const label = (name: string) => `[sig-network] DNS should ${name}`;

const lookup = async (t: RowContext, name: string, type = 'a') => {
  const { stdout } = await podExec(t, 'asking', ['nslookup', `-type=${type}`, name]);
  // What comes before names the server that answered.
  return stdout.split('\n\n').slice(1).join('\n');
};
const resolves = (t: RowContext, name: string, what: string | RegExp, type = 'a') => t.eventually(async () => {
  const said = await lookup(t, name, type);
  expect(said).toMatch(what);
  return said;
});

rowOnDocker(label('provide DNS for the cluster'), async (t) => {
  await askingPod(t);
  const { spec } = await t.api(services, 'default').get('kubernetes');
  await resolves(t, 'kubernetes.default.svc.cluster.local.', `Address: ${spec!.clusterIP}`);
  expect((await podExec(t, 'asking', ['sh', '-c', 'nslookup kubernetes.default || nslookup kubernetes.default.svc.cluster.local'])).stdout).toContain(spec!.clusterIP!);
});

rowOnDocker(label('provide /etc/hosts entries for the cluster'), async (t) => {
  await makeService(t, 'sub', { clusterIP: 'None', selector: { app: 'hosts' } });
  const file = await outputOf(t, podOf('pod', [program('main', ['cat', '/etc/hosts'])], { hostname: 'host-1', subdomain: 'sub' }, { app: 'hosts' }));
  expect(file).toMatch(new RegExp(`^\\d+(\\.\\d+){3}\\thost-1\\.sub\\.${t.namespace}\\.svc\\.cluster\\.local\\thost-1$`, 'm'));
});

rowOnDocker(label('provide DNS for services'), async (t) => {
  await askingPod(t);
  const selector = { app: 'dns' };
  const { status } = await serverPod(t, 'server', selector, [hostnameServer(8080)]);
  const ports = [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' as const }];
  await makeService(t, 'headless', { clusterIP: 'None', selector, ports });
  const { spec } = await makeService(t, 'regular', { selector, ports });
  const domain = `${t.namespace}.svc.cluster.local`;
  await resolves(t, `headless.${domain}.`, `Address: ${status!.podIP}`);
  await resolves(t, `regular.${domain}.`, `Address: ${spec!.clusterIP}`);
  await resolves(t, `_http._tcp.regular.${domain}.`, new RegExp(`service = 0 \\d+ 80 regular\\.${domain}`), 'srv');
  await resolves(t, `_http._tcp.headless.${domain}.`, new RegExp(`service = 0 \\d+ 8080 \\S+\\.headless\\.${domain}`), 'srv');
  await resolves(t, `${spec!.clusterIP!.split('.').reverse().join('.')}.in-addr.arpa.`, `name = regular.${domain}`, 'ptr');
});

rowOnDocker(label('provide DNS for pods for Hostname'), async (t) => {
  await askingPod(t);
  await makeService(t, 'sub', { clusterIP: 'None', selector: { app: 'named' }, ports: [{ name: 'http', port: 80 }] });
  const { status } = await serverPod(t, 'server', { app: 'named' }, [hostnameServer(80)], { hostname: 'querier', subdomain: 'sub' });
  await resolves(t, `querier.sub.${t.namespace}.svc.cluster.local.`, `Address: ${status!.podIP}`);
});

rowOnDocker(label('provide DNS for pods for Subdomain'), async (t) => {
  await askingPod(t);
  await makeService(t, 'sub', { clusterIP: 'None', selector: { app: 'named' }, ports: [{ name: 'http', port: 80 }] });
  const { status } = await serverPod(t, 'server', { app: 'named' }, [shell('main', untilTold)], { hostname: 'querier', subdomain: 'sub' });
  await resolves(t, `sub.${t.namespace}.svc.cluster.local.`, `Address: ${status!.podIP}`);
});

rowOnDocker(label('provide DNS for ExternalName services'), async (t) => {
  await askingPod(t);
  const name = `outside.${t.namespace}.svc.cluster.local.`;
  await makeService(t, 'outside', { type: 'ExternalName', externalName: 'foo.example.com' });
  await resolves(t, name, 'canonical name = foo.example.com', 'cname');
  await t.api(services).change('outside', ({ spec }) => { spec!.externalName = 'bar.example.com'; });
  await resolves(t, name, 'canonical name = bar.example.com', 'cname');
  const { spec } = await t.api(services).change('outside', (service) => { service.spec = { ...service.spec!, type: 'ClusterIP', externalName: undefined, ports: [{ name: 'http', port: 80, protocol: 'TCP' }] } as typeof service.spec; });
  await resolves(t, name, `Address: ${spec!.clusterIP}`);
});

rowOnDocker(label('resolve DNS of partial qualified names for services [LinuxOnly]'), async (t) => {
  const selector = { app: 'partial' };
  const { status } = await serverPod(t, 'server', selector, [hostnameServer(80)]);
  await makeService(t, 'headless', { clusterIP: 'None', selector, ports: [{ name: 'http', port: 80 }] });
  const { spec } = await makeService(t, 'regular', { selector, ports: [{ name: 'http', port: 80 }] });
  await askingPod(t);
  // nslookup does not search: what programs use does.
  const through = (name: string) => podExec(t, 'asking', ['ping', '-c', '1', '-w', '1', name]);
  for (const [name, address] of [['headless', status!.podIP!], ['regular', spec!.clusterIP!]] as const) {
    for (const partial of [name, `${name}.${t.namespace}`, `${name}.${t.namespace}.svc`]) {
      await t.eventually(async () => (await through(partial)).stdout.includes(`PING ${partial} (${address})`));
    }
  }
});

rowOnDocker(label('support configurable pod DNS nameservers'), async (t) => {
  const dnsConfig = { nameservers: ['1.1.1.1'], searches: ['resolv.conf.local'] };
  await t.api(pods).create(podOf('pod', [{ name: 'main', image: images.busybox, command: ['sh', '-c', untilTold] }], { dnsPolicy: 'None', dnsConfig }));
  await podReady(t, 'pod');
  const lines = (await podExec(t, 'pod', ['cat', '/etc/resolv.conf'])).stdout.split('\n').filter((line) => line && !line.startsWith('#'));
  expect(lines).toEqual(expect.arrayContaining(['nameserver 1.1.1.1', 'search resolv.conf.local']));
});
