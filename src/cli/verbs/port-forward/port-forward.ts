import type { Socket } from 'node:net';
import { usageError } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { endWellOnInterrupt } from '../../session/interrupt';
import { parseAddresses } from './addresses';
import type { PortForwardFlags } from './flags';
import { forwarder } from './forwarder';
import { listen } from './listen';
import { portsOf } from './ports';
import { findTarget, serviceOf } from './target';

type PortForwardInput = Input<PortForwardFlags & GlobalFlags>;

const usage = (message: string) => usageError('kubectl port-forward', message);

/** After k8s.io/kubectl/pkg/cmd/portforward. Ends well on Ctrl-C. */
export async function portForward(session: Session, input: PortForwardInput): Promise<void> {
  const { flags, args } = input;
  if (args.length < 2) throw usage('TYPE/NAME and list of ports are required for port-forward');
  const timeoutMs = flags['pod-running-timeout'];
  if (timeoutMs <= 0) throw usage('--pod-running-timeout must be higher than zero');
  const [name, ...wanted] = args as [string, ...string[]];
  const target = await findTarget(session, name, timeoutMs);
  const phase = target.pod.status?.phase;
  const ports = portsOf(wanted, target.pod, serviceOf(target));
  if (phase !== 'Running') throw new Error(`unable to forward port because pod is not running. Current status=${phase}`);
  const addresses = parseAddresses(flags.address);
  endWellOnInterrupt();
  const remotesOf = (of: typeof target) => portsOf(wanted, of.pod, serviceOf(of)).map(({ remote }) => remote);
  const forward = await forwarder(session, target, { ports, remotesOf, timeoutMs });
  const sockets = new Set<Socket>();
  const servers = await listen(session, ports, addresses, (socket, port) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)));
    forward.take(socket, port);
  }).catch((error: Error) => {
    forward.close();
    throw error;
  });
  try {
    await forward.ended;
  } finally {
    for (const server of servers) server.close();
    for (const socket of sockets) socket.destroy();
    forward.close();
  }
}
