import type { Pod, PodSpec } from '../../../../src/api/generated/core.v1';
import type { NetworkPolicySpec } from '../../../../src/api/generated/networking.v1';
import { whyFlags } from '../../../../src/cli/verbs/why/flags';
import { why } from '../../../../src/cli/verbs/why/why';
import { runVerb } from '../run-verb';

const pod = (name: string, namespace: string, podIP: string, more: Partial<PodSpec> = {}): Pod => ({
  metadata: { name, namespace, uid: `${namespace}/${name}`, labels: { app: name } }, status: { phase: podIP ? 'Running' : 'Pending', podIP } as never,
  spec: { nodeName: 'n1', ...more, containers: [{ name: 'main', ports: [{ name: 'sql', containerPort: 5432 }] }] },
} as Pod);
const db = { podSelector: { matchLabels: { app: 'db' } }, policyTypes: ['Ingress' as const] };
const fromWeb = { ...db, ingress: [{ from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 'sql' }] }] };
const fromShop = { ...db, ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'shop' } } }] }] };

const endpoint = (address: string, name = '', ready = true) => ({ addresses: [address], conditions: { ready }, ...(name && { targetRef: { kind: 'Pod', name, namespace: 'default' } }) });
const slice = (...endpoints: object[]) => ({ addressType: 'IPv4', ports: [{ name: 'sql', port: 5432, protocol: 'TCP' }], endpoints });
const service = (name: string, spec: object, ...slices: object[]) => ({
  [`GET /api/v1/namespaces/default/services/${name}`]: { metadata: { name, namespace: 'default' }, spec: { clusterIP: '10.96.0.5', ports: [{ name: 'sql', port: 15432, targetPort: 'sql' }], ...spec } },
  [`GET /apis/discovery.k8s.io/v1/namespaces/default/endpointslices?labelSelector=kubernetes.io/service-name=${name}`]: { metadata: {}, items: slices },
});

const ask = (line: string, policies: Record<string, NetworkPolicySpec> = {}) => runVerb(why, whyFlags, line, { routes: {
  'GET /api/v1/namespaces/default/pods/web': pod('web', 'default', '10.244.0.2'), 'GET /api/v1/namespaces/default/pods/db': pod('db', 'default', '10.244.0.3'),
  'GET /api/v1/namespaces/default/pods/host': pod('host', 'default', '172.18.0.2', { hostNetwork: true }), 'GET /api/v1/namespaces/default/pods/new': pod('new', 'default', ''),
  'GET /api/v1/namespaces/shop/pods/web': pod('web', 'shop', '10.244.0.4'),
  'GET /api/v1/namespaces/default': { metadata: { name: 'default' } }, 'GET /api/v1/namespaces/shop': { metadata: { name: 'shop', labels: { team: 'shop' } } },
  'GET /apis/networking.k8s.io/v1/namespaces/default/networkpolicies': { metadata: {}, items: Object.entries(policies).map(([name, spec]) => ({ metadata: { name, namespace: 'default' }, spec })) },
  'GET /apis/networking.k8s.io/v1/namespaces/shop/networkpolicies': { metadata: {}, items: [] },
  'GET /api/v1/namespaces/default/pods': { metadata: {}, items: [pod('web', 'default', '10.244.0.2'), pod('db', 'default', '10.244.0.3'), pod('db-2', 'default', '10.244.0.6')] },
  ...service('db', { selector: { tier: 'db' } }, slice(endpoint('10.244.0.3', 'db'), endpoint('10.244.0.6', 'db-2'), endpoint('10.244.0.7', 'late', false))),
  ...service('dbb', { selector: { app: 'dbb' } }, { ...slice(), ports: null }),
  ...service('manual', {}, slice(endpoint('192.0.2.9'))),
  ...service('far', { type: 'ExternalName', externalName: 'db.example.com', clusterIP: '' }),
} });

test.each<[string, string, Record<string, NetworkPolicySpec>, number, string, string]>([
  ['no policies', 'pod/web pod/db:5432', {}, 0, 'no policy restricts it', 'no policy restricts it'],
  ['denied', 'pod/web pod/db:5432', { deny: db }, 1, 'no policy restricts it', 'denied, since no rule of policy default/deny allows it'],
  ['allowed', 'pod/web pod/db:5432', { deny: db, open: fromWeb }, 0, 'no policy restricts it', 'policy default/open allows it'],
  ['by a port\'s name', 'pod/web pod/db:sql', { open: fromWeb }, 0, 'no policy restricts it', 'policy default/open allows it'],
  ['another port', 'pod/web pod/db:80', { deny: db, open: fromWeb }, 1, 'no policy restricts it', 'denied, since no rule of policies default/deny, default/open allows it'],
  ['another protocol', 'pod/web pod/db:5432 --udp', { open: fromWeb }, 1, 'no policy restricts it', 'denied, since no rule of policy default/open allows it'],
  ['another namespace, for egress', 'pod/db pod/web:80 --to-namespace=shop', { shut: { ...db, policyTypes: ['Egress'] } }, 1, 'denied, since no rule of policy default/shut allows it', 'no policy restricts it'],
  ['a namespace that is selected', 'pod/db pod/web:80 --to-namespace=shop', { out: { ...db, policyTypes: ['Egress'], egress: [{ to: fromShop.ingress[0]!.from }] } }, 0, 'policy default/out allows it', 'no policy restricts it'],
  ['from outside', '192.0.2.7 pod/db:5432', { deny: db }, 1, 'policies are about pods only', 'denied, since no rule of policy default/deny allows it'],
  ['to outside', 'pod/web 192.0.2.7:443', { deny: db }, 0, 'no policy restricts it', 'policies are about pods only'],
  ['itself', 'pod/db pod/db:5432', { deny: db }, 0, 'no policy restricts it', 'a pod always reaches itself'],
  ['the node\'s network', 'pod/host pod/db:5432', { open: fromWeb }, 1, 'it is on the network of its node, where policies do not hold', 'denied, since no rule of policy default/open allows it'],
])('%s', async (_, line, policies, code, leaving, entering) => {
  const { out, code: found } = await ask(line, policies);
  const [, egress, ingress] = out.split('\n');
  expect([found, egress!.replace(/.*?: /, ''), ingress!.replace(/.*?: /, '')]).toEqual([code, leaving, entering]);
});

test('says it in three lines', async () => {
  expect((await ask('pod/web pod/db:5432', { deny: db })).out).toBe('pod/web may not reach pod/db at TCP port 5432\n  leaving pod/web: no policy restricts it\n  entering pod/db: denied, since no rule of policy default/deny allows it\n');
});

test.each([
  ['pod/web', 'error: name both ends: pod/NAME or an IP address, then pod/NAME:PORT, service/NAME or IP:PORT\n'],
  ['pod/web svc/db:80', 'error: service/db has no TCP port 80\n'],
  ['pod/web svc/db:sql --udp', 'error: service/db has no UDP port sql\n'],
  ['pod/web svc/far', 'error: service/far is another name of db.example.com: it has no endpoints\n'],
  ['pod/web deploy/db', 'error: name both ends: pod/NAME or an IP address, then pod/NAME:PORT, service/NAME or IP:PORT\n'],
  ['pod/web pod/new:80', 'error: pod/new has no address: it is Pending\n'],
  ['pod/web pod/db:odd', 'error: there is no TCP port odd\n'],
])('%s is refused', async (line, err) => expect(await ask(line)).toMatchObject({ out: '', err, code: 1 }));

test.each<[string, string, Record<string, NetworkPolicySpec>, number, string[]]>([
  ['through a Service', 'pod/web svc/db', {}, 0, [
    'pod/web may reach service/db at TCP port 15432', '  service/db: 10.96.0.5, selector tier=db, ready endpoints pod/db:5432, pod/db-2:5432',
    '  leaving pod/web for pod/db:5432: no policy restricts it', '  entering pod/db:5432: no policy restricts it',
    '  leaving pod/web for pod/db-2:5432: no policy restricts it', '  entering pod/db-2:5432: no policy restricts it']],
  ['where policies shut one of its pods', 'pod/web service/db:sql', { deny: db }, 1, [
    'pod/web may reach 1 of 2 endpoints of service/db at TCP port 15432', '  service/db: 10.96.0.5, selector tier=db, ready endpoints pod/db:5432, pod/db-2:5432',
    '  leaving pod/web for pod/db:5432: no policy restricts it', '  entering pod/db:5432: denied, since no rule of policy default/deny allows it',
    '  leaving pod/web for pod/db-2:5432: no policy restricts it', '  entering pod/db-2:5432: no policy restricts it']],
  ['without a pod', 'pod/web svc/dbb:15432', {}, 1, [
    'pod/web may not reach service/dbb at TCP port 15432', '  service/dbb: no ready endpoints: selector app=dbb matches no pod (closest: app=db)']],
  ['to an address that is no pod\'s', 'pod/web svc/manual', {}, 0, [
    'pod/web may reach service/manual at TCP port 15432', '  service/manual: 10.96.0.5, no selector, ready endpoints 192.0.2.9:5432',
    '  leaving pod/web for 192.0.2.9:5432: no policy restricts it', '  entering 192.0.2.9:5432: policies are about pods only']],
])('%s', async (_, line, policies, code, lines) => {
  expect(await ask(line, policies)).toMatchObject({ out: `${lines.join('\n')}\n`, err: '', code });
});
