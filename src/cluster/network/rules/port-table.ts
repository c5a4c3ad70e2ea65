import type { Backend } from './endpoints';
import { masqueradeMark, type BaseName } from './base';
import { chainName } from './names';
import type { Chain, NftSet } from './ruleset';
import type { Protocol, ServicePortRules, TrafficPolicy } from './service-port';
import type { Target } from './target';

/** What one port of a Service adds to the table of a node. */
export interface PortTable {
  readonly chains: ReadonlyMap<string, Chain>;
  /** Session affinity. */
  readonly sets: ReadonlyMap<string, NftSet>;
  readonly elements: readonly PortElement[];
}

/** Set or map, key, value. */
export type PortElement = readonly [BaseName, string, string];

interface Draft {
  chains: Map<string, Chain>;
  sets: Map<string, NftSet>;
  elements: PortElement[];
}

const made = new WeakMap<ServicePortRules, PortTable>();

/** The same row gives the same chains again, so that of many only those that changed are compared. */
export function portTable(port: ServicePortRules): PortTable {
  const known = made.get(port);
  if (known) return known;
  const draft: Draft = { chains: new Map(), sets: new Map(), elements: [] };
  addPort(draft, port);
  made.set(port, draft);
  return draft;
}

function addPort(draft: Draft, port: ServicePortRules): void {
  const { elements } = draft;
  const at = (address: string) => `${address} . ${port.protocol} . ${port.port}`;
  const internal = port[port.internalPolicy];
  for (const address of port.clusterIPs) {
    elements.push(['cluster-ips', address, '']);
    if (isServed(internal)) elements.push(['services', at(address), `goto ${endpointChain(draft, port, port.internalPolicy)}`]);
    else elements.push(['unserved', at(address), refusal[internal]]);
  }
  // Connections from inside find the cluster's endpoints whatever the policy, so only their lack closes the door to all.
  for (const address of port.externalIPs) {
    if (isServed(port.cluster)) elements.push(['services', at(address), `goto ${port.sources?.of.includes(address) ? guardedChain(draft, port, port.sources.blocks) : externalChain(draft, port)}`]);
    else elements.push(['unserved', at(address), refusal[port.cluster]]);
  }
  if (!port.nodePort) return;
  const key = `${port.protocol} . ${port.nodePort}`;
  if (isServed(port.cluster)) elements.push(['nodeports', key, `goto ${externalChain(draft, port)}`]);
  else elements.push(['unserved-nodeports', key, refusal[port.cluster]]);
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
  for (const { address } of target.to) draft.elements.push(['hairpin', `${address} . ${address}`, '']);
  draft.chains.set(name, { rules: port.affinitySeconds ? stickyRules(draft, port, port.affinitySeconds, target.to) : [spread(port.protocol, target.to)] });
  return name;
}

export function spread(protocol: Protocol, backends: readonly Pick<Backend, 'address' | 'port'>[]): string {
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
