import { reach, type ReachEnd } from '../../../kinds/reach';
import { ExitError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { endOf, lawOf, usage } from './ends';
import type { WhyFlags } from './flags';
import { whyService } from './service';
import { said } from './words';

/** Tells whether one end may reach the other, and which network policies decide; no is exit code 1. Asks the API alone. */
export async function why(session: Session, { flags, args }: Input<WhyFlags & GlobalFlags>): Promise<void> {
  const [source = '', target = ''] = args;
  const [, name = '', door = ''] = /^(?:services?|svc)\/([^/:]+)(?::([^:/]+))?$/.exec(target) ?? [];
  const [, host = '', port = ''] = /^(.+):([^:/]+)$/.exec(target) ?? [];
  if (args.length !== 2 || !(name || host)) throw new Error(usage);
  const client = await session.client();
  const { name: home } = await session.namespace();
  const there = flags['to-namespace'] || home;
  const protocol = flags.udp ? 'UDP' as const : 'TCP' as const;
  const from = await endOf(client, source, home);
  const { lines, allowed } = name
    ? await whyService(client, { source, from, name, namespace: there, door, protocol })
    : await whyEnd(source, from, host, await endOf(client, host, there));
  session.streams.out.write(`${lines.join('\n')}\n`);
  if (!allowed) throw new ExitError(1);

  async function whyEnd(source: string, from: ReachEnd, host: string, to: ReachEnd) {
    const { egress, ingress } = reach({ from, to, protocol, port: portOf(to, port, protocol), ...await lawOf(client, [from, to]) });
    const allowed = egress.allowed && ingress.allowed;
    return { allowed, lines: [
      `${source} ${allowed ? 'may' : 'may not'} reach ${host} at ${protocol} port ${port}`,
      `  leaving ${source}: ${said(from, egress)}`,
      `  entering ${host}: ${said(to, ingress)}`,
    ] };
  }
}

/** A number, or the name of one of the pod's ports. */
function portOf(end: ReachEnd, text: string, protocol: string): number {
  if (/^\d+$/.test(text) && Number(text) > 0 && Number(text) < 65_536) return Number(text);
  const ports = 'pod' in end ? end.pod.spec?.containers.flatMap((container) => container.ports ?? []) ?? [] : [];
  const found = ports.find((port) => port.name === text && (port.protocol ?? 'TCP') === protocol);
  if (!found) throw new Error(`there is no ${protocol} port ${text}`);
  return found.containerPort;
}
