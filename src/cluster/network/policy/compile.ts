import { formatCIDR, parseCIDR } from '../../../api/validation';
import type { IPBlock, NetworkPolicyPort } from '../../../api/generated/networking.v1';
import { blockContains } from '../../../kinds/networking.k8s.io/networkpolicy/evaluate';
import { chainName } from '../rules/names';
import type { Chain, NftSet } from '../rules/ruleset';
import type { PolicyPod } from '../../../kinds/networking.k8s.io/networkpolicy/pods';
import { meansPort, portsNamed } from '../../../kinds/networking.k8s.io/networkpolicy/ports';
import type { Allowed, Direction, ResolvedPolicy } from '../../../kinds/networking.k8s.io/networkpolicy/resolve';

/** What policies add to the rules of one node. */
export interface PolicyTable {
  readonly chains: ReadonlyMap<string, Chain>;
  readonly sets: ReadonlyMap<string, NftSet>;
  /** Address of an isolated pod → verdict, for the map of each direction. */
  readonly isolated: Readonly<Record<Direction, ReadonlyMap<string, string>>>;
}

interface Draft {
  chains: Map<string, Chain>;
  sets: Map<string, NftSet>;
  /** All pods, for ports by name where any of them may be a peer. */
  pods: readonly PolicyPod[];
}

/**
 * A chain for each policy that accepts what it allows; for the pods that the same policies select, one that goes
 * through these and drops the rest. `accept` ends one hook only: the other direction has its own. Pure.
 */
export function compilePolicies(policies: readonly ResolvedPolicy[], pods: readonly PolicyPod[], nodeName: string): PolicyTable {
  const draft: Draft = { chains: new Map(), sets: new Map(), pods };
  const isolated = { ingress: new Map<string, string>(), egress: new Map<string, string>() };
  for (const direction of ['ingress', 'egress'] as const) {
    for (const [address, chains] of chainsByPod(policies.filter((policy) => policy.direction === direction), nodeName, draft)) {
      isolated[direction].set(address, `goto ${podChain(draft, direction, chains)}`);
    }
  }
  return { ...draft, isolated };
}

function chainsByPod(policies: readonly ResolvedPolicy[], nodeName: string, draft: Draft): Map<string, string[]> {
  const chainsOf = new Map<string, string[]>();
  for (const policy of policies) {
    const here = policy.subjects.filter((pod) => pod.nodeName === nodeName);
    if (here.length === 0) continue;
    const chain = policyChain(draft, policy, here);
    for (const { address } of here) chainsOf.set(address, [...chainsOf.get(address) ?? [], chain]);
  }
  return chainsOf;
}

/** A pod always reaches itself, through a Service, too. */
function podChain({ chains }: Draft, direction: Direction, policyChains: readonly string[]): string {
  const name = chainName(`pods-${short[direction]}`, policyChains.join(' '));
  chains.set(name, { rules: ['ip saddr . ip daddr @hairpin accept', ...policyChains.map((chain) => `jump ${chain}`), 'drop'] });
  return name;
}

const short = { ingress: 'in', egress: 'out' } as const;

function policyChain(draft: Draft, policy: ResolvedPolicy, subjects: readonly PolicyPod[]): string {
  const name = chainName(`policy-${short[policy.direction]}`, policy.name);
  const rules = policy.allowed.flatMap((allowed, index) => matches(draft, policy, allowed, subjects, `${name}-${index}`));
  draft.chains.set(name, { rules: rules.map((match) => `${match} accept`.trim()) });
  return name;
}

function matches(draft: Draft, { direction }: ResolvedPolicy, allowed: Allowed, subjects: readonly PolicyPod[], name: string): string[] {
  // A block may hold any pod; which ones of them are meant, the match of the peers says.
  const served = direction === 'ingress' ? subjects : allowed.anyPeer || allowed.blocks.length > 0 ? draft.pods : allowed.pods ?? [];
  const ports = allowed.ports.length === 0 ? [''] : allowed.ports.map((port, index) => portMatch(draft, port, served, `${name}-port-${index}`));
  const peers = peerMatches(draft, allowed, direction === 'ingress' ? 'saddr' : 'daddr', `${name}-peers`);
  return [
    ...peers.flatMap((peer) => ports.map((port) => [peer, port].filter(Boolean).join(' '))),
    ...(direction === 'egress' ? translatedMatches(draft, allowed) : []),
  ];
}

function peerMatches({ sets }: Draft, { anyPeer, pods, blocks }: Allowed, side: 'saddr' | 'daddr', name: string): string[] {
  if (anyPeer) return [''];
  if (pods) sets.set(name, { kind: 'set', declaration: 'type ipv4_addr;', elements: new Map(pods.filter(isPlain).map(({ address }) => [address, ''])) });
  return [...(pods ? [`ip ${side} @${name}`] : []), ...blocks.flatMap((block) => blockMatch(block, side))];
}

/** Blocks of IPv6 concern nobody here. */
function blockMatch({ cidr, except = [] }: IPBlock, side: 'saddr' | 'daddr'): string[] {
  const block = parseCIDR(cidr);
  if (block?.ip.family !== 4) return [];
  const within = block.prefix === 0 ? [] : [`ip ${side} ${formatCIDR(block)}`];
  const without = except.flatMap((text) => parseCIDR(text) ?? []).map((part) => `ip ${side} != ${formatCIDR(part)}`);
  return [[...within, ...without].join(' ')];
}

function portMatch({ sets }: Draft, policyPort: NetworkPolicyPort, served: readonly PolicyPod[], name: string): string {
  const { port, endPort, protocol = 'TCP' } = policyPort;
  const transport = protocol.toLowerCase();
  if (port === undefined) return `meta l4proto ${transport}`;
  if (typeof port === 'number') return `${transport} dport ${endPort === undefined || endPort === port ? port : `${port}-${endPort}`}`;
  const elements = portsNamed(served.filter(isPlain), policyPort).map((one): [string, string] => [`${one.address} . ${transport} . ${one.port}`, '']);
  sets.set(name, { kind: 'set', declaration: 'type ipv4_addr . inet_proto . inet_service;', elements: new Map(elements) });
  return `ip daddr . meta l4proto . th dport @${name}`;
}

const isPlain = ({ ports }: PolicyPod): boolean => !ports.some(({ listensAt }) => listensAt !== undefined);

/** Packets pass here after translation: a port that really is another one is matched as that one. */
function translatedMatches({ pods }: Draft, allowed: Allowed): string[] {
  if (allowed.anyPeer && allowed.ports.length === 0) return [];
  const among = allowed.anyPeer ? pods : pods.filter((pod) => allowed.pods?.includes(pod) || allowed.blocks.some((block) => blockContains(block, pod.address)));
  return among.filter((pod) => !isPlain(pod)).flatMap(({ address, ports }) => ports
    .filter((one) => allowed.ports.length === 0 || allowed.ports.some((port) => meansPort(port, one)))
    .map(({ protocol, port, listensAt }) => `ip daddr ${address} ${protocol.toLowerCase()} dport ${listensAt ?? port}`));
}
