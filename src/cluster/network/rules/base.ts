import { nodeConnectionMark } from '../../../runtime/port';
import type { Chain, NftSet } from './ruleset';

/** What the rules have to know of the node that they are for. */
export interface NodeFacts {
  /** Node ports answer here. */
  readonly address: string;
  /** Of all nodes. */
  readonly podCIDRs: readonly string[];
}

/** The bit that kube-proxy uses, too, for connections whose source becomes the node's. */
const mark = '0x4000';
export const masqueradeMark = `meta mark set meta mark or ${mark}`;

/** The engine's name for a container's first interface: the way out of the node. */
const uplink = '"eth0"';

/** The sets and maps that exist whatever the Services are. */
export const maps = {
  services: { kind: 'map', declaration: 'type ipv4_addr . inet_proto . inet_service : verdict;' },
  nodeports: { kind: 'map', declaration: 'type inet_proto . inet_service : verdict;' },
  /** Ports of pods on the node, at one of its addresses or at all. */
  'host-ports': { kind: 'map', declaration: 'type ipv4_addr . inet_proto . inet_service : verdict;' },
  'host-ports-anywhere': { kind: 'map', declaration: 'type inet_proto . inet_service : verdict;' },
  /** Served by nobody: refused or dropped. */
  unserved: { kind: 'map', declaration: 'type ipv4_addr . inet_proto . inet_service : verdict;' },
  'unserved-nodeports': { kind: 'map', declaration: 'type inet_proto . inet_service : verdict;' },
  /** To refuse ports that a Service does not have. */
  'cluster-ips': { kind: 'set', declaration: 'type ipv4_addr;' },
  /** Endpoints paired with themselves: a pod that reaches itself through its Service. */
  hairpin: { kind: 'set', declaration: 'type ipv4_addr . ipv4_addr;' },
  /** Pods that network policies select, each with the chain that decides. */
  'isolated-ingress': { kind: 'map', declaration: 'type ipv4_addr : verdict;' },
  'isolated-egress': { kind: 'map', declaration: 'type ipv4_addr : verdict;' },
  'pod-ranges': { kind: 'set', declaration: 'type ipv4_addr; flags interval;' },
} as const satisfies Record<string, Pick<NftSet, 'kind' | 'declaration'>>;

export type BaseName = keyof typeof maps;

/** Answers, and what belongs to connections that were let in. */
const passEstablished = 'ct state established,related accept';

/**
 * Where packets enter. Policies see the forward path only, so that a node reaches its pods (probes) and pods their
 * node; what comes to a node port from a program of the node itself, such as this machine's clients, does not count.
 */
export function baseChains(node: NodeFacts): [string, Chain][] {
  return [
    ['nat-prerouting', { hook: 'type nat hook prerouting priority dstnat; policy accept;', rules: ['jump services'] }],
    ['nat-output', { hook: 'type nat hook output priority -100; policy accept;', rules: ['jump services'] }],
    ['nat-postrouting', { hook: 'type nat hook postrouting priority srcnat; policy accept;', rules: [
      `meta mark & ${mark} == ${mark} masquerade`,
      'ct status dnat ip saddr . ip daddr @hairpin masquerade',
      // What leaves for the outside leaves as the node: nobody out there has a route to pods.
      `oifname ${uplink} fib saddr type != local ip daddr != @pod-ranges masquerade`,
    ] }],
    ['filter-forward', { hook: 'type filter hook forward priority filter; policy accept;', rules: ['ct state new jump refusals'] }],
    ['filter-input', { hook: 'type filter hook input priority filter; policy accept;', rules: [
      // The node routes packets of loopback addresses, so that these have host ports; nobody else may send them.
      'iifname != "lo" ip daddr 127.0.0.0/8 ct state new drop', 'ct state new jump refusals',
    ] }],
    ['filter-output', { hook: 'type filter hook output priority filter; policy accept;', rules: ['ct state new jump refusals'] }],
    ['policy-egress', { hook: 'type filter hook forward priority filter + 1; policy accept;', rules: [passEstablished, 'ip saddr vmap @isolated-egress'] }],
    ['policy-ingress', { hook: 'type filter hook forward priority filter + 2; policy accept;', rules: [passEstablished, `ct mark ${nodeConnectionMark} accept`, 'ip daddr vmap @isolated-ingress'] }],
    ['policy-outside', { hook: 'type filter hook output priority filter + 2; policy accept;', rules: [
      passEstablished, `ct status dnat ct original ip daddr ${node.address} ip daddr vmap @isolated-ingress`,
    ] }],
    ['services', { rules: [
      'ip daddr . meta l4proto . th dport vmap @services',
      `ip daddr ${node.address} meta l4proto . th dport vmap @nodeports`,
      'ip daddr . meta l4proto . th dport vmap @host-ports',
      'fib daddr type local meta l4proto . th dport vmap @host-ports-anywhere',
    ] }],
    ['refusals', { rules: [
      'ip daddr . meta l4proto . th dport vmap @unserved',
      `ip daddr ${node.address} meta l4proto . th dport vmap @unserved-nodeports`,
      'ip daddr @cluster-ips goto reject-chain',
    ] }],
    ['reject-chain', { rules: ['meta l4proto tcp reject with tcp reset', 'reject'] }],
  ];
}
