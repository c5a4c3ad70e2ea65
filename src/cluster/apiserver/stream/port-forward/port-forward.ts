import { pipeline } from 'node:stream';
import type { Duplex } from 'node:stream';
import type { Pod } from '../../../../api/generated/core.v1';
import type { NodeAgent } from '../../node-agent';
import { agentOf, findPod, type FindAgent } from '../pods';
import { SpdySession, type SpdyStream } from '../../../../spdy/session';
import { acceptSpdy, isSpdy } from '../spdy';
import type { UpgradeHandler } from '../upgrade';
import { acceptWebSocket } from '../websocket';
import { channelProtocols, forwardChannels, portsOf } from './channels';
import { refusal } from './refusal';

const plain = 'portforward.k8s.io';
const tunnelled = `SPDY/3.1+${plain}`;

/**
 * Forwards ports over what the client speaks: SPDY, SPDY in a WebSocket, or channels of a WebSocket.
 * Source: k8s.io/client-go/tools/portforward and k8s.io/kubelet/pkg/cri/streaming/portforward.
 */
export const portForward = (find: FindAgent): UpgradeHandler => async (upgrade, target) => {
  const pod = findPod(target);
  const agent = agentOf(pod, find);
  if (isSpdy(upgrade)) return forwardStreams(acceptSpdy(upgrade, [plain]).transport, agent, pod);
  const ports = portsOf(upgrade.query);
  const { webSocket, protocol } = await acceptWebSocket(upgrade, [tunnelled, ...(ports.length ? channelProtocols : [])]);
  if (protocol !== tunnelled) return forwardChannels(webSocket, protocol, agent, pod, ports);
  const { createWebSocketStream } = await import('ws');
  forwardStreams(createWebSocketStream(webSocket), agent, pod);
};

/** Each connection of the client is a pair of streams with one request id: `error`, on which the server reports, and `data`. */
function forwardStreams(transport: Duplex, agent: NodeAgent, pod: Pod): void {
  const errors = new Map<string, SpdyStream>();
  new SpdySession(transport, (stream) => {
    const id = stream.headers.requestid ?? '';
    if (stream.headers.streamtype === 'error') {
      errors.set(id, stream);
      stream.resume();
      return;
    }
    const error = errors.get(id);
    errors.delete(id);
    void forward(agent, pod, Number(stream.headers.port), stream, error);
  });
}

async function forward(agent: NodeAgent, pod: Pod, port: number, data: SpdyStream, error: SpdyStream | undefined): Promise<void> {
  try {
    const connection = await agent.portForward(pod, port);
    let failure: Error | undefined;
    // That the client has left is no failure, though it ends the connection with one.
    connection.once('error', (cause) => { if (!data.destroyed) failure = cause; });
    pipeline(data, connection, data, () => {
      data.destroy();
      connection.destroy();
      error?.end(failure && refusal(pod, port, failure));
    });
  } catch (failure) {
    error?.end(refusal(pod, port, failure));
    data.end();
  }
}
