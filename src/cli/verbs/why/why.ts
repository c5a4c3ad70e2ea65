import { isIP } from 'node:net';
import type { Namespace, Pod } from '../../../api/generated/core.v1';
import type { NetworkPolicy } from '../../../api/generated/networking.v1';
import type { RestClient } from '../../../client/http';
import { reach, type ReachEnd } from '../../../kinds/reach';
import { ExitError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import type { WhyFlags } from './flags';

const resources = {
  pods: { group: '', version: 'v1', plural: 'pods', namespaced: true },
  namespaces: { group: '', version: 'v1', plural: 'namespaces', namespaced: false },
  policies: { group: 'networking.k8s.io', version: 'v1', plural: 'networkpolicies', namespaced: true },
} as const;

const usage = 'name both ends: pod/NAME or an IP address, then pod/NAME:PORT or IP:PORT';

/** Tells whether one end may reach the other, and which network policies decide; no is exit code 1. Asks the API alone. */
export async function why(session: Session, { flags, args }: Input<WhyFlags & GlobalFlags>): Promise<void> {
  const [source = '', target = ''] = args;
  const [, host = '', port = ''] = /^(.+):([^:/]+)$/.exec(target) ?? [];
  if (args.length !== 2 || !host) throw new Error(usage);
  const client = await session.client();
  const { name: home } = await session.namespace();
  const [from, to] = await Promise.all([endOf(client, source, home), endOf(client, host, flags['to-namespace'] || home)]);
  const spaces = [...new Set([from, to].flatMap((end) => ('pod' in end ? end.pod.metadata.namespace! : [])))];
  const [namespaces, policies] = await Promise.all([
    Promise.all(spaces.map((name) => client.get<Namespace>(resources.namespaces, name))),
    Promise.all(spaces.map((namespace) => client.list<NetworkPolicy>(resources.policies, { namespace }))),
  ]);
  const protocol = flags.udp ? 'UDP' : 'TCP';
  const verdicts = reach({ from, to, protocol, port: portOf(to, port, protocol), namespaces, policies: policies.flatMap(({ items }) => items) });
  const allowed = verdicts.egress.allowed && verdicts.ingress.allowed;
  session.streams.out.write([
    `${source} ${allowed ? 'may' : 'may not'} reach ${host} at ${protocol} port ${port}`,
    `  leaving ${source}: ${said(from, verdicts.egress)}`,
    `  entering ${host}: ${said(to, verdicts.ingress)}`, '',
  ].join('\n'));
  if (!allowed) throw new ExitError(1);
}

async function endOf(client: RestClient, text: string, namespace: string): Promise<ReachEnd> {
  if (isIP(text)) return { address: text };
  const [, name] = /^(?:pods?|po)\/([^/]+)$/.exec(text) ?? [];
  if (!name) throw new Error(usage);
  const pod = await client.get<Pod>(resources.pods, name, namespace);
  if (!pod.status?.podIP) throw new Error(`pod/${name} has no address: it is ${pod.status?.phase ?? 'Pending'}`);
  return { pod };
}

/** A number, or the name of one of the pod's ports. */
function portOf(end: ReachEnd, text: string, protocol: string): number {
  if (/^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536) return Number(text);
  const ports = 'pod' in end ? end.pod.spec?.containers.flatMap((container) => container.ports ?? []) ?? [] : [];
  const found = ports.find((port) => port.name === text && (port.protocol ?? 'TCP') === protocol);
  if (!found) throw new Error(`there is no ${protocol} port ${text}`);
  return found.containerPort;
}

function said(end: ReachEnd, { allowed, isolatedBy, allowedBy }: ReturnType<typeof reach>['egress']): string {
  if (!('pod' in end)) return 'policies are about pods only';
  if (end.pod.spec?.hostNetwork) return 'it is on the network of its node, where policies do not hold';
  if (isolatedBy.length === 0) return 'no policy restricts it';
  if (allowedBy) return `policy ${allowedBy} allows it`;
  return allowed ? 'a pod always reaches itself' : `denied, since no rule of ${isolatedBy.length === 1 ? 'policy' : 'policies'} ${isolatedBy.join(', ')} allows it`;
}
