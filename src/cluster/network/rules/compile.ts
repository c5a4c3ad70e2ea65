import type { PolicyTable } from '../policy/compile';
import { baseChains, maps, masqueradeMark, type BaseName, type NodeFacts } from './base';
import type { HostPortRules } from './host-port';
import { chainName } from './names';
import type { Chain, NftSet, Ruleset } from './ruleset';
import { portTable, spread } from './port-table';
import type { ServicePortRules } from './service-port';

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

function addPort({ chains, sets, elements }: Draft, port: ServicePortRules): void {
  const table = portTable(port);
  for (const [name, chain] of table.chains) chains.set(name, chain);
  for (const [name, set] of table.sets) sets.set(name, set);
  for (const [name, key, value] of table.elements) elements[name].set(key, value);
}

/** Clients keep their address, but for those at the node's loopback, which the pod could not answer. */
function addHostPort({ chains, elements }: Draft, { pod, protocol, port, hostIP, to }: HostPortRules): void {
  const name = chainName('host', `${pod}:${hostIP ?? ''}:${port}`, protocol);
  chains.set(name, { rules: [`ip saddr 127.0.0.0/8 ${masqueradeMark}`, spread(protocol, [to])] });
  elements.hairpin.set(`${to.address} . ${to.address}`, '');
  const [map, key] = hostIP ? ['host-ports', `${hostIP} . ${protocol} . ${port}`] as const : ['host-ports-anywhere', `${protocol} . ${port}`] as const;
  if (!elements[map].has(key)) elements[map].set(key, `goto ${name}`);
}
