import type { Backend } from './endpoints';
import type { PolicyTable } from '../policy/compile';
import { baseChains, maps, masqueradeMark, type NodeFacts } from './base';
import type { HostPortRules } from './host-port';
import { chainName } from './names';
import type { Chain, NftSet, Ruleset } from './ruleset';
import type { Protocol, ServicePortRules, TrafficPolicy } from './service-port';
import type { Target } from './target';

type BaseName = keyof typeof maps;

interface Draft {
  chains: Map<string, Chain>;
  /** Session affinity. */
  sets: Map<string, NftSet>;
  elements: Record<BaseName, Map<string, string>>;
}

const noPolicies: PolicyTable = { chains: new Map(), sets: new Map(), isolated: { ingress: new Map(), egress: new Map() } };

/** The whole table of one node. Pure: the same input gives the same text. */
export function compileRules(ports: readonly ServicePortRules[], node: NodeFacts, policies = noPolicies, hostPorts: readonly HostPortRules[] = []): Ruleset {
  const baseNames = Object.keys(maps) as BaseName[];
  const elements = Object.fromEntries(baseNames.map((name) => [name, new Map<string, string>()])) as Draft['elements'];
  const draft: Draft = { chains: new Map(), sets: new Map(), elements };
  for (const range of node.podCIDRs) elements['pod-ranges'].set(range, '');
  for (const port of ports) addPort(draft, port);
  for (const port of hostPorts) addHostPort(draft, port);
  const filled = { ...elements, 'isolated-ingress': policies.isolated.ingress, 'isolated-egress': policies.isolated.egress };
  return {
    chains: new Map([...baseChains(node), ...draft.chains, ...policies.chains]),
    sets: new Map([...baseNames.map((name): [string, NftSet] => [name, { ...maps[name], elements: filled[name] }]), ...draft.sets, ...policies.sets]),
  };
}

function addPort(draft: Draft, port: ServicePortRules): void {
  const { elements } = draft;
  const at = (address: string) => `${address} . ${port.protocol} . ${port.port}`;
  const internal = port[port.internalPolicy];
  for (const address of port.clusterIPs) {
    elements['cluster-ips'].set(address, '');
    if (isServed(internal)) elements.services.set(at(address), `goto ${endpointChain(draft, port, port.internalPolicy)}`);
    else elements.unserved.set(at(address), refusal[internal]);
  }
  // Connections from inside find the cluster's endpoints whatever the policy, so only their lack closes the door to all.
  for (const address of port.externalIPs) {
    if (isServed(port.cluster)) elements.services.set(at(address), `goto ${port.sources?.of.includes(address) ? guardedChain(draft, port, port.sources.blocks) : externalChain(draft, port)}`);
    else elements.unserved.set(at(address), refusal[port.cluster]);
  }
  if (!port.nodePort) return;
  const key = `${port.protocol} . ${port.nodePort}`;
  if (isServed(port.cluster)) elements.nodeports.set(key, `goto ${externalChain(draft, port)}`);
  else elements['unserved-nodeports'].set(key, refusal[port.cluster]);
}

/** Clients keep their address, but for those at the node's loopback, which the pod could not answer. */
function addHostPort({ chains, elements }: Draft, { pod, protocol, port, hostIP, to }: HostPortRules): void {
  const name = chainName('host', `${pod}:${hostIP ?? ''}:${port}`, protocol);
  chains.set(name, { rules: [`ip saddr 127.0.0.0/8 ${masqueradeMark}`, spread(protocol, [to])] });
  elements.hairpin.set(`${to.address} . ${to.address}`, '');
  const [map, key] = hostIP ? ['host-ports', `${hostIP} . ${protocol} . ${port}`] as const : ['host-ports-anywhere', `${protocol} . ${port}`] as const;
  if (!elements[map].has(key)) elements[map].set(key, `goto ${name}`);
}

const refusal = { reject: 'goto reject-chain', drop: 'drop' } as const;

const isServed = (target: Target): target is Exclude<Target, string> => typeof target !== 'string';

function externalChain(draft: Draft, port: ServicePortRules): string {
  const name = chainName('ext', port.name, port.protocol);
  if (!draft.chains.has(name)) draft.chains.set(name, { rules: port.externalPolicy === 'local' ? localRules(draft, port) : clusterRules(draft, port) });
  return name;
}

/** As kube-proxy's firewall of load balancers: whoever is not in the blocks gets no answer. */
function guardedChain(draft: Draft, port: ServicePortRules, blocks: readonly string[]): string {
  const name = chainName('fw', port.name, port.protocol);
  const onwards = externalChain(draft, port);
  draft.chains.set(name, { rules: [...blocks.map((block) => `ip saddr ${block} goto ${onwards}`), 'drop'] });
  return name;
}

/** The endpoint may be on another node, so its answers have to come back through this one. */
function clusterRules(draft: Draft, port: ServicePortRules): string[] {
  return [masqueradeMark, `goto ${endpointChain(draft, port, 'cluster')}`];
}

/** The policy Local is for clients outside: they keep their address and get this node's endpoints. */
function localRules(draft: Draft, port: ServicePortRules): string[] {
  const cluster = endpointChain(draft, port, 'cluster');
  return [
    `ip saddr @pod-ranges goto ${cluster}`,
    `fib saddr type local ${masqueradeMark}`,
    `fib saddr type local goto ${cluster}`,
    isServed(port.local) ? `goto ${endpointChain(draft, port, 'local')}` : 'drop',
  ];
}

/** A chain that sends a connection to one of the endpoints; they must exist. */
function endpointChain(draft: Draft, port: ServicePortRules, policy: TrafficPolicy): string {
  const name = chainName(policy === 'local' ? 'loc' : 'svc', port.name, port.protocol);
  const target = port[policy];
  if (draft.chains.has(name) || !isServed(target)) return name;
  for (const { address } of target.to) draft.elements.hairpin.set(`${address} . ${address}`, '');
  draft.chains.set(name, { rules: port.affinitySeconds ? stickyRules(draft, port, port.affinitySeconds, target.to) : [spread(port.protocol, target.to)] });
  return name;
}

function spread(protocol: Protocol, backends: readonly Pick<Backend, 'address' | 'port'>[]): string {
  const [first] = backends;
  if (backends.length === 1) return `meta l4proto ${protocol} dnat to ${first!.address}:${first!.port}`;
  const map = backends.map(({ address, port }, index) => `${index} : ${address} . ${port}`).join(', ');
  return `meta l4proto ${protocol} dnat ip to numgen random mod ${backends.length} map { ${map} }`;
}

/** A client that an endpoint remembers goes there; a new one is dealt out, and remembered for as long as it keeps coming. */
function stickyRules(draft: Draft, port: ServicePortRules, seconds: number, backends: readonly Backend[]): string[] {
  const endpoints = backends.map((backend) => {
    const name = chainName('ep', `${port.name} ${backend.address}:${backend.port}`, port.protocol);
    const set = name.replace(/^ep/, 'aff');
    draft.sets.set(set, { kind: 'set', declaration: `type ipv4_addr; flags dynamic,timeout; timeout ${seconds}s;`, elements: new Map() });
    draft.chains.set(name, { rules: [`update @${set} { ip saddr timeout ${seconds}s }`, spread(port.protocol, [backend])] });
    return { name, set };
  });
  return [
    ...endpoints.map(({ name, set }) => `ip saddr @${set} goto ${name}`),
    `numgen random mod ${endpoints.length} vmap { ${endpoints.map(({ name }, index) => `${index} : goto ${name}`).join(', ')} }`,
  ];
}
