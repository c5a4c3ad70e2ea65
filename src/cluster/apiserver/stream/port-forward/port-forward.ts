import { pipeline } from 'node:stream';
import type { Pod } from '../../../../api/generated/core.v1';
import type { NodeAgent } from '../../node-agent';
import { agentOf, findPod, type FindAgent } from '../pods';
import { SpdySession, type SpdyStream } from '../spdy/session';
import type { UpgradeHandler } from '../upgrade';
import { acceptWebSocket } from '../websocket';

const protocol = 'SPDY/3.1+portforward.k8s.io';

/**
 * Each connection of the client is a pair of streams with one request id: `error`, on which the server reports, and
 * `data`. Source: k8s.io/client-go/tools/portforward and k8s.io/kubelet's httpStreamHandler.
 */
export const portForward = (find: FindAgent): UpgradeHandler => async (upgrade, target) => {
  const pod = findPod(target);
  const agent = agentOf(pod, find);
  const { webSocket } = await acceptWebSocket(upgrade, [protocol]);
  const { createWebSocketStream } = await import('ws');
  const errors = new Map<string, SpdyStream>();
  new SpdySession(createWebSocketStream(webSocket), (stream) => {
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
};

async function forward(agent: NodeAgent, pod: Pod, port: number, data: SpdyStream, error: SpdyStream | undefined): Promise<void> {
  try {
    const connection = await agent.portForward(pod, port);
    pipeline(data, connection, data, () => {
      data.destroy();
      connection.destroy();
      error?.end();
    });
  } catch (failure) {
    const { namespace, name, uid } = pod.metadata;
    error?.end(`an error occurred forwarding ${port} -> ${port}: error forwarding port ${port} to pod ${uid}, uid : ${failure instanceof Error ? failure.message : `pod ${namespace}/${name}`}`);
    data.end();
  }
}
