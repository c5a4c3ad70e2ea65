import { cidrContains, parseCIDR, parseIP } from '../../../api/validation';
import type { IPBlock } from '../../../api/generated/networking.v1';
import type { PolicyPod } from './pods';
import { meansPort } from './ports';
import type { Allowed, Direction, ResolvedPolicy } from './resolve';

/** One end of a connection: an address, and the pod that has it. */
export interface Party {
  readonly address: string;
  readonly pod?: PolicyPod;
}

/** As the pod that is reached sees it: a Service's port is replaced by that of its endpoint already. */
export interface Connection {
  readonly from: Party;
  readonly to: Party;
  readonly protocol: 'TCP' | 'UDP' | 'SCTP';
  readonly port: number;
}

/** What the policies of one side say. */
export interface Verdict {
  readonly allowed: boolean;
  /** Names of the policies that isolate the pod in this direction; none: nothing is restricted. */
  readonly isolatedBy: readonly string[];
  /** The first one of them that allows the connection. */
  readonly allowedBy?: string;
}

/** A connection has to be allowed by both ends' policies; answers to it are. A pod always reaches itself. */
export function evaluate(policies: readonly ResolvedPolicy[], connection: Connection): Record<Direction, Verdict> {
  return { egress: verdict(policies, connection, 'egress'), ingress: verdict(policies, connection, 'ingress') };
}

function verdict(policies: readonly ResolvedPolicy[], connection: Connection, direction: Direction): Verdict {
  const [own, other] = direction === 'egress' ? [connection.from, connection.to] : [connection.to, connection.from];
  const isolating = policies.filter((policy) => policy.direction === direction && own.pod !== undefined && policy.subjects.includes(own.pod));
  const allowing = isolating.find(({ allowed }) => allowed.some((rule) => allowsPeer(rule, other) && allowsPort(rule, connection)));
  return {
    allowed: isolating.length === 0 || own.address === other.address || allowing !== undefined,
    isolatedBy: isolating.map(({ name }) => name),
    ...(allowing && { allowedBy: allowing.name }),
  };
}

const allowsPeer = ({ anyPeer, pods, blocks }: Allowed, { address, pod }: Party): boolean =>
  anyPeer || (pod !== undefined && pods !== undefined && pods.includes(pod)) || blocks.some((block) => blockContains(block, address));

function allowsPort({ ports }: Allowed, { to, protocol, port }: Connection): boolean {
  const names = to.pod?.ports.filter((one) => one.protocol === protocol && one.port === port).map(({ name }) => name) ?? [];
  return ports.length === 0 || ports.some((rule) => meansPort(rule, { protocol, port }) || names.some((name) => meansPort(rule, { protocol, port, name })));
}

export function blockContains({ cidr, except = [] }: IPBlock, address: string): boolean {
  const ip = parseIP(address);
  const contains = (text: string) => {
    const block = parseCIDR(text);
    return ip !== undefined && block !== undefined && cidrContains(block, ip);
  };
  return contains(cidr) && !except.some(contains);
}
