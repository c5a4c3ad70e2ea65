import fc from 'fast-check';
import type { IPBlock, NetworkPolicy, NetworkPolicyPeer, NetworkPolicyPort } from '../../../../src/api/generated/networking.v1';
import type { Pod } from '../../../../src/api/generated/core.v1';
import type { LabelSelector } from '../../../../src/api/generated/meta.v1';
import { compilePolicies } from '../../../../src/cluster/network/policy/compile';
import { compileRules } from '../../../../src/cluster/network/rules/compile';
import { evaluate, type Connection } from '../../../../src/kinds/networking.k8s.io/networkpolicy/evaluate';
import { policyPod, type PolicyPod } from '../../../../src/kinds/networking.k8s.io/networkpolicy/pods';
import { resolvePolicies } from '../../../../src/kinds/networking.k8s.io/networkpolicy/resolve';
import { nameOf, nameServer, nameServerPort, namespaces, ns, plainPods, pod, podAt, pods, policy } from './cluster';
import { passes } from './packet';

type Protocol = 'TCP' | 'UDP' | 'SCTP';

const node = { address: '172.18.0.2', podCIDRs: ['10.244.0.0/24', '10.244.1.0/24'] };

/** What the rules of both ends' nodes do, and what the evaluation says; they have to agree. */
function judge(policies: NetworkPolicy[]) {
  const resolved = resolvePolicies({ policies, namespaces, pods });
  const rules = new Map(['n1', 'n2'].map((name) => [name, compileRules([], node, compilePolicies(resolved, pods, name))]));
  const onNode = (name: string | undefined, packet: Parameters<typeof passes>[1]) => (name === undefined ? true : passes(rules.get(name)!, packet));
  return {
    rules: (name: string) => rules.get(name)!,
    open(from: PolicyPod, to: { address: string; pod?: PolicyPod }, port: number, protocol: Protocol): boolean {
      const connection: Connection = { from: { address: from.address, pod: from }, to, port, protocol };
      const { egress, ingress } = evaluate(resolved, connection);
      const dport = to.pod?.ports.find((one) => one.port === port && one.protocol === protocol)?.listensAt ?? port;
      const packet = { saddr: from.address, daddr: to.address, protocol: protocol.toLowerCase() as 'tcp', dport };
      // A packet from a pod to itself never comes to the node.
      const passed = from === to.pod || (onNode(from.nodeName, packet) && onNode(to.pod?.nodeName, packet));
      expect({ passed, what: `${nameOf(from)} ${to.address} ${protocol} ${port}` }).toEqual({ passed: egress.allowed && ingress.allowed, what: expect.anything() as string });
      return passed;
    },
  };
}

/** `from` reaches `to` (both `x/a`) there. */
type Reaches = (from: string, to: string, port: number, protocol: Protocol) => boolean;

const everyPair = plainPods.flatMap((from) => plainPods.map((to) => [from, to] as const));
const everyPort = [80, 81].flatMap((port) => (['TCP', 'UDP'] as const).map((protocol) => [port, protocol] as const));

const tcp = (port: number | string): NetworkPolicyPort => ({ port, protocol: 'TCP' });
const udp = (port: number | string): NetworkPolicyPort => ({ port, protocol: 'UDP' });
const inNs = (name: string, at: string) => at.startsWith(`${name}/`);
const isPod = (name: string, at: string) => at.endsWith(`/${name}`);
const notNs = (key: string, ...values: string[]) => ({ matchExpressions: [{ key, operator: 'NotIn' as const, values }] });
const only = (target: string, ok: Reaches): Reaches => (from, to, ...rest) => to !== target || from === to || ok(from, to, ...rest);
const onlyTo = (source: string, ok: Reaches): Reaches => (from, to, ...rest) => from !== source || from === to || ok(from, to, ...rest);
const always: Reaches = () => true;
const never: Reaches = () => false;
const intoX = (ok: Reaches): Reaches => (from, to, ...rest) => !inNs('x', to) || from === to || ok(from, to, ...rest);
const fromX = (ok: Reaches): Reaches => (from, to, ...rest) => !inNs('x', from) || from === to || ok(from, to, ...rest);
const both = (...all: Reaches[]): Reaches => (...at) => all.every((one) => one(...at));

// The cases of Kubernetes' own suite for network policies (test/e2e/network/netpol), and what they leave out.
const cases: [string, NetworkPolicy[], Reaches][] = [
  ['no policy', [], always],
  ['deny all ingress', [policy('x', {})], intoX(never)],
  ['deny all', [policy('x', { policyTypes: ['Ingress', 'Egress'] })], both(intoX(never), fromX(never))],
  ['from pods of the own namespace by labels', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ podSelector: pod('b') }] }] })], only('x/a', (from) => from === 'x/b')],
  ['to a target from anywhere, beside a denial', [policy('x', {}), policy('x', { podSelector: pod('a'), ingress: [{}] })], intoX((_, to) => to === 'x/a')],
  ['from pods of all namespaces', [policy('x', {}), policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: {} }] }] })], intoX((_, to) => to === 'x/a')],
  ['from one other namespace', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: ns('y') }] }] })], only('x/a', (from) => inNs('y', from))],
  ['pods by expressions', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ podSelector: { matchExpressions: [{ key: 'pod', operator: 'In', values: ['b'] }] } }] }] })], only('x/a', (from) => from === 'x/b')],
  ['namespaces by expressions', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: notNs('ns', 'x', 'z') }] }] })], only('x/a', (from) => inNs('y', from))],
  ['pods or namespaces', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: notNs('ns', 'x') }, { podSelector: pod('b') }] }] })], only('x/a', (from) => from === 'x/b' || !inNs('x', from))],
  ['pods and namespaces', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: notNs('ns', 'x'), podSelector: pod('b') }] }] })], only('x/a', (from) => isPod('b', from) && !inNs('x', from))],
  ['several of both', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: notNs('ns', 'x'), podSelector: { matchExpressions: [{ key: 'pod', operator: 'In', values: ['b', 'c'] }] } }] }] })], only('x/a', (from) => !isPod('a', from) && !inNs('x', from))],
  ['any of two peers', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ podSelector: pod('b') }, { podSelector: pod('c') }] }] })], only('x/a', (from) => from === 'x/b' || from === 'x/c')],
  ['a pod of another namespace', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: ns('y'), podSelector: pod('a') }] }] })], only('x/a', (from) => from === 'y/a')],
  ['ports', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: ns('y') }], ports: [tcp(81)] }] })], only('x/a', (from, _, port, protocol) => inNs('y', from) && port === 81 && protocol === 'TCP')],
  ['a range of ports', [policy('x', { podSelector: pod('a'), ingress: [{ ports: [{ port: 81, endPort: 90 }] }] })], only('x/a', (_, __, port, protocol) => port === 81 && protocol === 'TCP')],
  ['stacked policies', [81, 80].map((port) => policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: ns('y') }], ports: [tcp(port)] }] })), only('x/a', (from, _, __, protocol) => inNs('y', from) && protocol === 'TCP')],
  ['allow all', [policy('x', { ingress: [{}] })], always],
  ['a named port', [policy('x', { ingress: [{ ports: [tcp('serve-81-tcp')] }] })], intoX((_, __, port, protocol) => port === 81 && protocol === 'TCP')],
  ['a name under the other protocol', [policy('x', { ingress: [{ ports: [udp('serve-81-tcp')] }] })], intoX(never)],
  ['a named port from a namespace', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ namespaceSelector: ns('y') }], ports: [udp('serve-80-udp')] }] })], only('x/a', (from, _, port, protocol) => inNs('y', from) && port === 80 && protocol === 'UDP')],
  ['a name that is another number in each pod', [policy('x', { ingress: [{ ports: [tcp('main')] }] })], intoX((_, to, port, protocol) => protocol === 'TCP' && port === (isPod('a', to) ? 80 : 81))],
  ['egress to a name that is another number in each pod', [policy('x', { podSelector: pod('a'), egress: [{ to: [{ namespaceSelector: ns('y') }], ports: [tcp('main')] }] })], onlyTo('x/a', (_, to, port, protocol) => inNs('y', to) && protocol === 'TCP' && port === (isPod('a', to) ? 80 : 81))],
  ['SCTP alone', [policy('x', { ingress: [{ ports: [{ protocol: 'SCTP' }] }] })], intoX(never)],
  ['one policy for each direction of a pair', [
    policy('x', { podSelector: pod('a'), egress: [{ to: [{ podSelector: pod('b') }] }] }), policy('x', { podSelector: pod('b'), ingress: [{ from: [{ podSelector: pod('a') }], ports: [tcp(80)] }] }),
  ], both(onlyTo('x/a', (_, to) => to === 'x/b'), only('x/b', (from, _, port, protocol) => from === 'x/a' && port === 80 && protocol === 'TCP'))],
  ['egress to a named port', [policy('x', { podSelector: pod('a'), egress: [{ ports: [tcp('serve-80-tcp')] }] })], onlyTo('x/a', (_, __, port, protocol) => port === 80 && protocol === 'TCP')],
  ['egress to a named port of peers', [policy('x', { podSelector: pod('a'), egress: [{ to: [{ namespaceSelector: ns('y') }], ports: [tcp('serve-80-tcp')] }] })], onlyTo('x/a', (_, to, port, protocol) => inNs('y', to) && port === 80 && protocol === 'TCP')],
  ['egress to a named port in a block', [policy('x', { podSelector: pod('a'), egress: [{ to: [{ ipBlock: { cidr: `${podAt('x/b').address}/32` } }], ports: [tcp('serve-80-tcp')] }] })], onlyTo('x/a', (_, to, port, protocol) => to === 'x/b' && port === 80 && protocol === 'TCP')],
  ['not from other namespaces', [policy('x', { ingress: [{ from: [{ podSelector: {} }] }] })], intoX((from) => inNs('x', from))],
  ['deny egress of a pod', [policy('x', { podSelector: pod('a'), policyTypes: ['Egress'] })], onlyTo('x/a', never)],
  ['deny egress of a namespace', [policy('x', { policyTypes: ['Egress'] })], fromX(never)],
  ['ingress and egress together', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ podSelector: pod('b') }] }], egress: [{ ports: [{ port: 80 }] }] })], both(only('x/a', (from) => from === 'x/b'), onlyTo('x/a', (_, __, port, protocol) => port === 80 && protocol === 'TCP'))],
  ['egress denied though ingress is allowed', [
    policy('x', { podSelector: pod('a'), egress: [{ to: [{ namespaceSelector: ns('y'), podSelector: pod('a') }] }] }),
    ...['a', 'b'].map((name) => policy('y', { podSelector: pod(name), ingress: [{ from: [{ namespaceSelector: ns('x'), podSelector: pod('a') }] }] })),
  ], both(onlyTo('x/a', (_, to) => to === 'y/a'), only('y/a', (from) => from === 'x/a'), only('y/b', (from) => from === 'x/a'))],
  ['egress to a pod of another namespace', [policy('x', { podSelector: pod('a'), egress: [{ to: [{ namespaceSelector: ns('y'), podSelector: pod('a') }] }] })], onlyTo('x/a', (_, to) => to === 'y/a')],
  ['any port of one protocol', [policy('x', { podSelector: pod('a'), ingress: [{ ports: [{ protocol: 'TCP' }] }] })], only('x/a', (_, __, ___, protocol) => protocol === 'TCP')],
  ['an allow-all beside a denial', [policy('x', { podSelector: pod('a') }), policy('x', { podSelector: pod('a'), ingress: [{}] })], always],
  ['an allow-all for egress beside a denial', [policy('x', { podSelector: pod('a'), policyTypes: ['Egress'] }), policy('x', { podSelector: pod('a'), egress: [{}] })], always],
  ['egress to a block', [policy('x', { podSelector: pod('a'), egress: [{ to: [{ ipBlock: { cidr: `${podAt('x/b').address}/32` } }] }] })], onlyTo('x/a', (_, to) => to === 'x/b')],
  ['egress to a block but for a part', [policy('x', { podSelector: pod('a'), egress: [{ to: [{ ipBlock: { cidr: `${podAt('x/a').address}/4`, except: [`${podAt('x/b').address}/32`] } }] }] })], onlyTo('x/a', (_, to) => to !== 'x/b')],
  ['an exception that another rule allows', [policy('x', { podSelector: pod('a'), egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.244.0.0/24', '10.244.1.0/24'] } }, { ipBlock: { cidr: `${podAt('x/b').address}/32` } }] }] })], onlyTo('x/a', (_, to) => to === 'x/b')],
  ['ingress from a block', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ ipBlock: { cidr: '10.244.1.0/24' } }] }] })], only('x/a', (from) => isPod('c', from))],
  ['a block of IPv6', [policy('x', { podSelector: pod('a'), ingress: [{ from: [{ ipBlock: { cidr: 'fd00::/8' } }] }] })], only('x/a', never)],
  ['both directions apart', [policy('x', { podSelector: pod('a'), egress: [{}] }), policy('x', { podSelector: pod('a') })], only('x/a', never)],
  ['SCTP is not TCP', [policy('x', {}), policy('x', { podSelector: pod('a'), ingress: [{ ports: [{ port: 81, protocol: 'SCTP' }] }] })], intoX(never)],
  ['UDP is not TCP', [policy('x', { podSelector: pod('a'), ingress: [{ ports: [udp(81)] }] })], only('x/a', (_, __, port, protocol) => port === 81 && protocol === 'UDP')],
  ['the label that every namespace has', [policy('x', { ingress: [{ from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'y' } } }] }] })], intoX((from) => inNs('y', from))],
  ['expressions on that label', [policy('x', { egress: [{ to: [{ namespaceSelector: notNs('kubernetes.io/metadata.name', 'x') }] }] })], fromX((_, to) => !inNs('x', to))],
  ['a selector that nobody matches', [policy('x', { ingress: [{ from: [{ podSelector: pod('nobody') }] }] })], intoX(never)],
];

test.each(cases)('%s', (_, policies, reaches) => {
  const { open } = judge(policies);
  const wrong = everyPair.flatMap(([from, to]) => everyPort
    .filter(([port, protocol]) => open(from, { address: to.address, pod: to }, port, protocol) !== reaches(nameOf(from), nameOf(to), port, protocol))
    .map(([port, protocol]) => `${nameOf(from)} → ${nameOf(to)} ${protocol} ${port}`));
  expect(wrong).toEqual([]);
});

const dns = { address: nameServer, pod: podAt('kube-system/kube-dns') };

test.each<[string, NetworkPolicy[], boolean]>([
  ['closed by a denial', [policy('x', { policyTypes: ['Egress'] })], false],
  ['open to the pod that it stands for', [policy('x', { egress: [{ to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } }, podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } } }], ports: [udp(53), tcp(53)] }] })], true],
  ['open by its port', [policy('x', { egress: [{ ports: [udp(53), tcp(53)] }] })], true],
  ['open by its namespace', [policy('x', { egress: [{ to: [{ namespaceSelector: ns('kube-system') }] }] })], true],
  ['open by a block', [policy('x', { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }], ports: [udp(53), tcp(53)] }] })], true],
  ['closed with another port', [policy('x', { egress: [{ ports: [udp(54), tcp(54)] }] })], false],
  ['closed where a block leaves it out', [policy('x', { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['172.16.0.0/12'] } }] }] })], false],
])('the name server: %s', (_, policies, expected) => {
  const { open } = judge(policies);
  for (const protocol of ['TCP', 'UDP'] as const) expect(open(podAt('x/a'), dns, 53, protocol)).toBe(expected);
});

test('a policy for the name server opens nothing else on its address', () => {
  const { rules } = judge([policy('x', { egress: [{ to: [{ namespaceSelector: ns('kube-system') }] }] })]);
  const packet = { saddr: podAt('x/a').address, daddr: nameServer, protocol: 'tcp' as const };
  expect([nameServerPort, 6443].map((dport) => passes(rules('n1'), { ...packet, dport }))).toEqual([true, false]);
});

test('a pod that reaches itself through its Service is let in', () => {
  const resolved = resolvePolicies({ policies: [policy('x', { policyTypes: ['Ingress', 'Egress'] })], namespaces, pods });
  const chains = compilePolicies(resolved, pods, 'n1').chains;
  for (const [name, { rules }] of chains) if (name.startsWith('pods-')) expect(rules[0]).toBe('ip saddr . ip daddr @hairpin accept');
});

const of = (spec: object, status: object = {}) => policyPod({ metadata: { name: 'p', namespace: 'x' }, spec: { nodeName: 'n1', containers: [], ...spec }, status: { phase: 'Running', podIP: '10.244.0.9', ...status } } as unknown as Pod);

test.each<[string, object, object, boolean]>([
  ['runs', {}, {}, true],
  ['has begun', {}, { phase: 'Pending' }, true],
  ['is in the node\'s own network', { hostNetwork: true }, {}, false],
  ['is on no node', { nodeName: undefined }, {}, false],
  ['has no address yet', {}, { podIP: undefined }, false],
  ['is done, so that its address may be another\'s', {}, { phase: 'Succeeded' }, false],
  ['has failed', {}, { phase: 'Failed' }, false],
])('a pod that %s', (_, spec, status, isMeant) => expect(of(spec, status) !== undefined).toBe(isMeant));

test('only the pods of the node have chains there, those of one fate share one', () => {
  const resolved = resolvePolicies({ policies: [policy('x', {})], namespaces, pods });
  expect([...compilePolicies(resolved, pods, 'n1').isolated.ingress.keys()].sort()).toEqual([podAt('x/a').address, podAt('x/b').address].sort());
  expect(new Set(compilePolicies(resolved, pods, 'n1').isolated.ingress.values()).size).toBe(1);
  expect(compilePolicies(resolved, pods, 'n3').chains.size).toBe(0);
});

const selector = fc.constantFrom<LabelSelector[]>({}, pod('a'), pod('b'), { matchExpressions: [{ key: 'pod', operator: 'NotIn' as const, values: ['c'] }] });
const block = fc.constantFrom<IPBlock[]>({ cidr: '10.244.0.0/24' }, { cidr: '0.0.0.0/0', except: ['10.244.1.0/24'] }, { cidr: '172.18.0.0/16' }, { cidr: '10.244.0.8/29' });
const peer: fc.Arbitrary<NetworkPolicyPeer> = fc.oneof(
  selector.map((podSelector) => ({ podSelector })),
  fc.record({ podSelector: selector, namespaceSelector: fc.constantFrom<LabelSelector[]>({}, ns('x'), ns('kube-system'), notNs('ns', 'z')) }),
  block.map((ipBlock) => ({ ipBlock })));
const anyPort: fc.Arbitrary<NetworkPolicyPort> = fc.constantFrom(tcp(80), udp(53), tcp(53), { protocol: 'UDP' as const }, { port: 50, endPort: 80 }, tcp('serve-81-tcp'), udp('serve-80-udp'), udp('dns'), {});
const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { maxLength: 2 });
const anyPolicy = fc.record({
  namespace: fc.constantFrom('x', 'y'), podSelector: selector, policyTypes: fc.subarray(['Ingress' as const, 'Egress' as const], { minLength: 1 }),
  ingress: list(fc.record({ from: list(peer), ports: list(anyPort) })), egress: list(fc.record({ to: list(peer), ports: list(anyPort) })),
}).map(({ namespace, ...spec }) => policy(namespace, spec));

test('rules and evaluation agree whatever the policies', () => {
  fc.assert(fc.property(fc.array(anyPolicy, { maxLength: 3 }), (policies) => {
    const { open } = judge(policies);
    for (const [from, to] of everyPair.filter(([{ namespace }]) => namespace !== 'z')) open(from, { address: to.address, pod: to }, 80, 'TCP');
    for (const from of plainPods) {
      open(from, { address: podAt('y/c').address, pod: podAt('y/c') }, 80, 'UDP');
      open(from, { address: podAt('x/b').address, pod: podAt('x/b') }, 81, 'TCP');
      for (const protocol of ['TCP', 'UDP'] as const) open(from, dns, 53, protocol);
      open(from, { address: '192.0.2.7' }, 443, 'TCP');
    }
  }), { numRuns: 60 });
});
