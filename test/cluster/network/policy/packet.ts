import type { Ruleset } from '../../../../src/cluster/network/rules/ruleset';

/** The first packet of a connection, behind address translation. */
export interface Packet {
  readonly saddr: string;
  readonly daddr: string;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
  readonly dport: number;
}

type Match = (packet: Packet, rules: Ruleset) => boolean;

const value = (address: string) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
function within(address: string, block: string): boolean {
  const [base, bits = '32'] = block.split('/');
  const size = 2 ** (32 - Number(bits));
  return Math.floor(value(address) / size) === Math.floor(value(base!) / size);
}
const has = (rules: Ruleset, set: string, key: string) => rules.sets.get(set)!.elements.has(key);

/** The matches that policies are made of; whatever else stands in a rule fails the test. */
const grammar: readonly [RegExp, (found: string[]) => Match][] = [
  [/^ip saddr \. ip daddr @(\S+)/, ([set]) => ({ saddr, daddr }, rules) => has(rules, set!, `${saddr} . ${daddr}`)],
  [/^ip daddr \. meta l4proto \. th dport @(\S+)/, ([set]) => ({ daddr, protocol, dport }, rules) => has(rules, set!, `${daddr} . ${protocol} . ${dport}`)],
  [/^ip (saddr|daddr) @(\S+)/, ([side, set]) => (packet, rules) => has(rules, set!, packet[side as 'saddr'])],
  [/^ip (saddr|daddr) != (\S+)/, ([side, block]) => (packet) => !within(packet[side as 'saddr'], block!)],
  [/^ip (saddr|daddr) (\d\S+)/, ([side, block]) => (packet) => within(packet[side as 'saddr'], block!)],
  [/^meta l4proto (\S+)/, ([protocol]) => (packet) => packet.protocol === protocol],
  [/^(tcp|udp|sctp) dport (\d+)-(\d+)/, ([protocol, from, to]) => (packet) => packet.protocol === protocol && packet.dport >= Number(from) && packet.dport <= Number(to)],
  [/^(tcp|udp|sctp) dport (\d+)/, ([protocol, port]) => (packet) => packet.protocol === protocol && packet.dport === Number(port)],
];

type Verdict = 'accept' | 'drop' | undefined;

/** Whether the hooks of the forward path let the packet through on this node. */
export function passes(rules: Ruleset, packet: Packet): boolean {
  return decide(rules, `${rules.sets.get('isolated-egress')!.elements.get(packet.saddr) ?? 'accept'}`, packet) === 'accept'
    && decide(rules, `${rules.sets.get('isolated-ingress')!.elements.get(packet.daddr) ?? 'accept'}`, packet) === 'accept';
}

function decide(rules: Ruleset, verdict: string, packet: Packet): Verdict {
  if (verdict === 'accept' || verdict === 'drop') return verdict;
  const [, chain] = /^(?:goto|jump) (\S+)$/.exec(verdict) ?? [];
  if (!chain) throw new Error(`no verdict: ${verdict}`);
  for (const rule of rules.chains.get(chain)!.rules) {
    const last = matched(rule, rules, packet);
    const result = last && decide(rules, last, packet);
    if (result) return result;
  }
  return undefined;
}

/** The rule's verdict where all its matches hold. */
function matched(rule: string, rules: Ruleset, packet: Packet): string | undefined {
  let rest = rule;
  while (!/^(accept|drop|jump |goto )/.test(rest)) {
    const [pattern, make] = grammar.find(([candidate]) => candidate.test(rest)) ?? [];
    if (!pattern || !make) throw new Error(`not understood: ${rest}`);
    if (!make(pattern.exec(rest)!.slice(1))(packet, rules)) return undefined;
    rest = rest.replace(pattern, '').trim();
  }
  return rest;
}
