import type { Socket } from 'node:net';
import type { PortForward } from '../../../client/remote';
import type { Pod } from '../../../api/generated/core.v1';
import { klogLine } from '../../klog';
import { podsResource } from '../../pods/behind';
import type { Session } from '../../session';
import { watchObject } from '../../watch-object';
import type { ForwardedPort } from './ports';
import { livesOn, successorOf, type Target } from './target';
import { carry, openTunnel } from './tunnel';

export interface Forwarder {
  take(socket: Socket, port: ForwardedPort): void;
  /** Resolves when the user interrupts; rejects when there is nothing left to forward to. */
  readonly ended: Promise<void>;
  close(): void;
}

export interface ForwarderOptions {
  ports: readonly ForwardedPort[];
  /** The ports of another pod behind the same target, in the order of `ports`. */
  remotesOf(target: Target): number[];
  /** How long to wait for the next pod when the one that we forward to goes. */
  timeoutMs: number;
}

/**
 * Forwards to a pod and, when that is replaced, to the one in its place. kubectl gives up then; what it prints and how
 * it ends when there is none stays the same.
 */
export async function forwarder(session: Session, first: Target, options: ForwarderOptions): Promise<Forwarder> {
  const { streams, signal } = session;
  const attended = streams.err.isTTY ?? false;
  let target = first;
  let tunnel = await openTunnel(session, first.pod);
  let moving: Promise<void> | undefined;
  let fail: (error: Error) => void = () => undefined;
  const ended = new Promise<void>((resolve, reject) => {
    fail = reject;
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  ended.catch(() => undefined);
  const done = new AbortController();

  const move = (): Promise<void> => (moving ??= moveOn().catch(() => fail(lostConnection())).finally(() => { moving = undefined; }));
  const moveOn = async () => {
    const pod = await successorOf(session, target, options.timeoutMs);
    const next = { ...target, pod };
    const remotes = options.remotesOf(next);
    const opened = await openTunnel(session, pod);
    options.ports.forEach((port, index) => { port.remote = remotes[index]!; });
    if (attended) streams.err.write(`pod/${target.pod.metadata.name} is gone, forwarding to pod/${pod.metadata.name}\n`);
    tunnel.close();
    [target, tunnel] = [next, opened];
    follow();
  };
  const follow = () => {
    const [of, { pod }] = [tunnel, target];
    void of.closed.then(() => { if (of === tunnel && !done.signal.aborted) void lost(pod); });
    void untilGone(session, pod, AbortSignal.any([done.signal, signal])).then((gone) => { if (gone && of === tunnel) void move(); });
  };
  /** A connection to the server that breaks while the pod lives on is an end, as in kubectl. */
  const lost = async (pod: Pod) => ((await isThere(session, pod)) ? fail(lostConnection()) : move());

  const take = async (socket: Socket, port: ForwardedPort) => {
    streams.out.write(`Handling connection for ${port.local}\n`);
    await moving;
    const [of, { pod }] = [tunnel, target];
    const failure = await carry(socket, of, port.remote);
    if (!failure || of !== tunnel) return;
    if (!(await isThere(session, pod))) return move();
    report(session, `an error occurred forwarding ${port.local} -> ${port.remote}: ${failure}`);
    if (!attended) fail(lostConnection());
  };
  follow();
  return {
    take: (socket, port) => void take(socket.on('error', () => undefined), port).catch((error: Error) => report(session, error.message)),
    ended,
    close: () => {
      done.abort();
      closeAll(tunnel);
    },
  };
}

const lostConnection = () => new Error('lost connection to pod');
const closeAll = (tunnel: PortForward) => tunnel.close();

/** As Go's runtime.HandleError logs it. */
function report(session: Session, text: string): void {
  session.streams.err.write(klogLine(session, 'E', 'portforward.go:424', `"Unhandled Error" err=${JSON.stringify(text)}`));
}

async function isThere(session: Session, pod: Pod): Promise<boolean> {
  try {
    return livesOn(pod)(await (await session.client()).get<Pod>(podsResource, pod.metadata.name, pod.metadata.namespace));
  } catch {
    return false;
  }
}

/** True when the pod has gone or is about to; false when nobody may watch it, or when the signal aborts. */
async function untilGone(session: Session, pod: Pod, signal: AbortSignal): Promise<boolean> {
  const { name, namespace = 'default' } = pod.metadata;
  try {
    for await (const event of watchObject(session, { resource: podsResource, namespace, name }, signal)) {
      if (event.type === 'absent' || event.type === 'DELETED' || !livesOn(pod)(event.object as unknown as Pod)) return true;
    }
  } catch {
    return false;
  }
  return false;
}
