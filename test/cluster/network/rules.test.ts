import type { Pod, Service } from '../../../src/api/generated/core.v1';
import type { EndpointSlice } from '../../../src/api/generated/discovery.v1';
import { compileRules } from '../../../src/cluster/network/rules/compile';
import { hostPortRules } from '../../../src/cluster/network/rules/host-port';
import type { Ruleset } from '../../../src/cluster/network/rules/ruleset';
import { servicePorts } from '../../../src/cluster/network/rules/service-port';
import { endpoint, service, slice, terminating, unready } from './objects';

const http = [{ name: '', port: 8080 }];
const one = '10.244.0.3';
const two = '10.244.0.4';
const far = '10.244.1.2';

const compile = (services: Service[], slices: EndpointSlice[], node = 'n1'): Ruleset =>
  compileRules(servicePorts(services, slices, node), { address: '172.18.0.2', podCIDRs: ['10.244.0.0/24'] });

const elements = (rules: Ruleset, set: string) => Object.fromEntries(rules.sets.get(set)!.elements);

/** The rules behind an element, jumps to further chains followed by name without its hash. */
function behind(rules: Ruleset, set: string, key: string): string[] {
  const verdict = rules.sets.get(set)!.elements.get(key);
  return verdict?.startsWith('goto ') ? flatten(rules, verdict.slice(5)) : [verdict ?? 'nothing'];
}

const flatten = (rules: Ruleset, chain: string): string[] =>
  (rules.chains.get(chain)?.rules ?? [chain]).flatMap((rule) => (rule.startsWith('goto ') ? flatten(rules, rule.slice(5)) : [rule.replace(/-[0-9a-f]{8}-/g, '-')]));

const web = (spec: Partial<Service['spec']> = {}) => service('web', { clusterIP: '10.96.1.1', ports: [{ port: 80 }], ...spec });
const at = '10.96.1.1 . tcp . 80';

describe('rules of a node', () => {
  it('does nothing for nothing', () => {
    const rules = compile([], []);
    expect([...rules.chains.keys()].filter((name) => name.includes('-') && /[0-9a-f]{8}/.test(name))).toEqual([]);
    expect([...rules.sets].filter(([name, { elements }]) => elements.size > 0 && name !== 'pod-ranges')).toEqual([]);
  });

  it.each<[string, Service, EndpointSlice[], string[]]>([
    ['one endpoint', web(), [slice('web', http, [endpoint(one)])], [`meta l4proto tcp dnat to ${one}:8080`]],
    ['several endpoints in the order of their addresses', web(), [slice('web', http, [endpoint(far, 'n2'), endpoint(one)])],
      [`meta l4proto tcp dnat ip to numgen random mod 2 map { 0 : ${one} . 8080, 1 : ${far} . 8080 }`]],
    ['an address in two slices once', web(), [slice('web', http, [endpoint(one)]), slice('web', http, [endpoint(one)])], [`meta l4proto tcp dnat to ${one}:8080`]],
    ['unready endpoints left out', web(), [slice('web', http, [endpoint(one), endpoint(two, 'n1', unready)])], [`meta l4proto tcp dnat to ${one}:8080`]],
    ['unknown readiness counts as ready', web(), [slice('web', http, [{ addresses: [one] }])], [`meta l4proto tcp dnat to ${one}:8080`]],
    ['terminating endpoints left out while others are ready', web(), [slice('web', http, [endpoint(one), endpoint(two, 'n1', terminating)])], [`meta l4proto tcp dnat to ${one}:8080`]],
    ['terminating endpoints when nothing else serves', web(), [slice('web', http, [endpoint(two, 'n1', terminating)])], [`meta l4proto tcp dnat to ${two}:8080`]],
    ['local endpoints only with internalTrafficPolicy Local', web({ internalTrafficPolicy: 'Local' }), [slice('web', http, [endpoint(one), endpoint(far, 'n2')])], [`meta l4proto tcp dnat to ${one}:8080`]],
    ['dropped when the endpoints are elsewhere', web({ internalTrafficPolicy: 'Local' }), [slice('web', http, [endpoint(far, 'n2')])], ['drop']],
    ['refused without endpoints', web(), [], ['goto reject-chain']],
    ['refused when none is ready', web(), [slice('web', http, [endpoint(one, 'n1', unready)])], ['goto reject-chain']],
    ['refused when the port is not among the slice\'s', web({ ports: [{ name: 'other', port: 80 }] }), [slice('web', http, [endpoint(one)])], ['goto reject-chain']],
    ['IPv6 slices left alone', web(), [{ ...slice('web', http, [endpoint('fd00::1')]), addressType: 'IPv6' }], ['goto reject-chain']],
  ])('cluster IP: %s', (_, of, slices, expected) => {
    const rules = compile([of], slices);
    const refused = rules.sets.get('unserved')!.elements.get(at);
    expect(refused ? [refused] : behind(rules, 'services', at)).toEqual(expected);
    expect(elements(rules, 'cluster-ips')).toEqual({ '10.96.1.1': '' });
  });

  it('keeps protocols of one port number apart', () => {
    const dns = service('dns', { clusterIP: '10.96.0.10', ports: [{ name: 'dns', port: 53, protocol: 'UDP' }, { name: 'dns-tcp', port: 53 }] });
    const rules = compile([dns], [slice('dns', [{ name: 'dns', port: 1053, protocol: 'UDP' }, { name: 'dns-tcp', port: 1053 }], [endpoint(one)])]);
    expect(behind(rules, 'services', '10.96.0.10 . udp . 53')).toEqual([`meta l4proto udp dnat to ${one}:1053`]);
    expect(behind(rules, 'services', '10.96.0.10 . tcp . 53')).toEqual([`meta l4proto tcp dnat to ${one}:1053`]);
  });

  it.each<[string, Service]>([
    ['headless', web({ clusterIP: 'None' })],
    ['ExternalName', service('web', { type: 'ExternalName', externalName: 'example.org' })],
    ['not yet allocated', service('web', { ports: [{ port: 80 }] })],
    ['another proxy\'s', { ...web(), metadata: { name: 'web', namespace: 'default', labels: { 'service.kubernetes.io/service-proxy-name': 'mine' } } }],
    ['IPv6', web({ clusterIP: 'fd00::1' })],
  ])('has no rules for a Service that is %s', (_, of) => {
    expect(compile([of], [slice('web', http, [endpoint(one)])])).toEqual(compile([], []));
  });

  describe('from outside', () => {
    const nodePort = { type: 'NodePort' as const, ports: [{ port: 80, nodePort: 30080 }] };
    const masquerade = 'meta mark set meta mark or 0x4000';

    it.each<[string, Service, EndpointSlice[], string[]]>([
      ['through this node and back', web(nodePort), [slice('web', http, [endpoint(far, 'n2')])], [masquerade, `meta l4proto tcp dnat to ${far}:8080`]],
      ['policy Local: this node\'s endpoints, the client\'s address kept', web({ ...nodePort, externalTrafficPolicy: 'Local' }), [slice('web', http, [endpoint(one), endpoint(far, 'n2')])], [
        'ip saddr @pod-ranges goto svc-default/web', `fib saddr type local ${masquerade}`, 'fib saddr type local goto svc-default/web', `meta l4proto tcp dnat to ${one}:8080`]],
      ['policy Local without a local endpoint', web({ ...nodePort, externalTrafficPolicy: 'Local' }), [slice('web', http, [endpoint(far, 'n2')])], [
        'ip saddr @pod-ranges goto svc-default/web', `fib saddr type local ${masquerade}`, 'fib saddr type local goto svc-default/web', 'drop']],
    ])('node port: %s', (_, of, slices, expected) => {
      expect(behind(compile([of], slices), 'nodeports', 'tcp . 30080')).toEqual(expected);
    });

    it('refuses a node port without endpoints', () => {
      const rules = compile([web(nodePort)], []);
      expect(elements(rules, 'unserved-nodeports')).toEqual({ 'tcp . 30080': 'goto reject-chain' });
      expect(elements(rules, 'nodeports')).toEqual({});
    });

    it('serves external and load balancer addresses like node ports', () => {
      const of: Service = { ...web({ externalIPs: ['203.0.113.1'] }), status: { loadBalancer: { ingress: [{ ip: '203.0.113.2' }, { ip: '203.0.113.3', ipMode: 'Proxy' }, { hostname: 'x' }] } } };
      const rules = compile([of], [slice('web', http, [endpoint(one)])]);
      expect(Object.keys(elements(rules, 'services'))).toEqual([at, '203.0.113.1 . tcp . 80', '203.0.113.2 . tcp . 80']);
      expect(behind(rules, 'services', '203.0.113.2 . tcp . 80')).toEqual([masquerade, `meta l4proto tcp dnat to ${one}:8080`]);
    });
  });

  it('lets only the source ranges to the load balancer\'s addresses', () => {
    const of: Service = { ...web({ type: 'LoadBalancer', externalIPs: ['203.0.113.1'], loadBalancerSourceRanges: ['10.0.0.0/8', ' 192.0.2.0/24', 'fd00::/8'] }), status: { loadBalancer: { ingress: [{ ip: '203.0.113.2' }] } } };
    const rules = compile([of], [slice('web', http, [endpoint(one)])]);
    const onwards = rules.sets.get('services')!.elements.get('203.0.113.1 . tcp . 80')!;
    const guard = rules.sets.get('services')!.elements.get('203.0.113.2 . tcp . 80')!.slice(5);
    expect(rules.chains.get(guard)!.rules).toEqual([`ip saddr 10.0.0.0/8 ${onwards}`, `ip saddr 192.0.2.0/24 ${onwards}`, 'drop']);
  });

  it('remembers clients with session affinity', () => {
    const rules = compile([web({ sessionAffinity: 'ClientIP', sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } } })], [slice('web', http, [endpoint(one), endpoint(two)])]);
    const chain = rules.sets.get('services')!.elements.get(at)!.slice(5);
    const [first, second, spread] = rules.chains.get(chain)!.rules;
    const [, set, target] = /^ip saddr @(\S+) goto (\S+)$/.exec(first!)!;
    expect(rules.sets.get(set!)!.declaration).toBe('type ipv4_addr; flags dynamic,timeout; timeout 60s;');
    expect(rules.chains.get(target!)!.rules).toEqual([`update @${set} { ip saddr timeout 60s }`, `meta l4proto tcp dnat to ${one}:8080`]);
    expect(second).toMatch(/^ip saddr @aff-/);
    expect(spread).toMatch(/^numgen random mod 2 vmap \{ 0 : goto ep-\S+, 1 : goto ep-\S+ \}$/);
  });

  it('masquerades a pod that reaches itself', () => {
    expect(elements(compile([web()], [slice('web', http, [endpoint(one), endpoint(far, 'n2')])]), 'hairpin')).toEqual({ [`${one} . ${one}`]: '', [`${far} . ${far}`]: '' });
  });

  describe('ports of pods on their node', () => {
    const podWith = (ports: object[], more: object = {}, status: object = {}) => ({
      metadata: { name: 'p', namespace: 'default' }, spec: { nodeName: 'n1', containers: [{ name: 'c', ports }], ...more }, status: { podIP: one, phase: 'Running', ...status },
    }) as unknown as Pod;
    const compiled = (...pods: Pod[]) => compileRules([], { address: '172.18.0.2', podCIDRs: [] }, undefined, hostPortRules(pods, 'n1'));
    const port = { containerPort: 80, hostPort: 8080 };

    it.each<[string, Pod[], string[], string[]]>([
      ['at any address', [podWith([port])], [], ['tcp . 8080']],
      ['at one address', [podWith([{ ...port, hostIP: '127.0.0.1' }])], ['127.0.0.1 . tcp . 8080'], []],
      ['0.0.0.0 is any address', [podWith([{ ...port, hostIP: '0.0.0.0', protocol: 'UDP' }])], [], ['udp . 8080']],
      ['none without a host port', [podWith([{ containerPort: 80 }])], [], []],
      ['none of another node', [podWith([port], { nodeName: 'n2' })], [], []],
      ['none on the node\'s own network', [podWith([port], { hostNetwork: true })], [], []],
      ['none before it has an address', [podWith([port], {}, { podIP: undefined })], [], []],
      ['none when it has ended', [podWith([port], {}, { phase: 'Succeeded' })], [], []],
    ])('%s', (_, pods, atOne, anywhere) => {
      const rules = compiled(...pods);
      expect([Object.keys(elements(rules, 'host-ports')), Object.keys(elements(rules, 'host-ports-anywhere'))]).toEqual([atOne, anywhere]);
    });

    it('keep the client\'s address, but for the loopback\'s', () => {
      expect(behind(compiled(podWith([port])), 'host-ports-anywhere', 'tcp . 8080')).toEqual(['ip saddr 127.0.0.0/8 meta mark set meta mark or 0x4000', `meta l4proto tcp dnat to ${one}:80`]);
    });
  });

  it('gives chains names that nft takes, whatever the Service is called', () => {
    const long = service('n'.repeat(63), { clusterIP: '10.96.1.1', ports: [{ name: 'p'.repeat(15), port: 80 }] }, 'm'.repeat(63));
    const rules = compile([long], [slice('n'.repeat(63), [{ name: 'p'.repeat(15), port: 80 }], [endpoint(one)], 'm'.repeat(63))]);
    for (const name of rules.chains.keys()) expect(name).toMatch(/^[a-z][A-Za-z0-9/_.-]{0,126}$/);
  });

  it('is the same for the same objects in another order', () => {
    const services = [web(), service('api', { clusterIP: '10.96.1.2', ports: [{ port: 1 }] })];
    const slices = [slice('web', http, [endpoint(one), endpoint(two)]), slice('api', [{ port: 1 }], [endpoint(far)])];
    expect(compile([...services].reverse(), [...slices].reverse())).toEqual(compile(services, slices));
  });

  it('makes anew only what changed', () => {
    const services = [web(), service('api', { clusterIP: '10.96.1.2', ports: [{ port: 1 }] })];
    const slices = [slice('web', http, [endpoint(one)]), slice('api', [{ port: 1 }], [endpoint(far)])];
    const changed = [slice('web', http, [endpoint(two)]), slices[1]!];
    const [before, after] = [compile(services, slices), compile(services, changed)];
    expect(after).toEqual(compile(structuredClone(services), structuredClone(changed)));
    const same = [...after.chains].filter(([name, chain]) => before.chains.get(name) === chain).map(([name]) => name.replace(/-[0-9a-f]{8}-/, '-'));
    expect(same).toEqual(['svc-default/api']);
    expect(compile(services, slices, 'n2')).toEqual(compile(structuredClone(services), structuredClone(slices), 'n2'));
  });
});
