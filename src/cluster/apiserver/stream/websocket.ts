import type WebSocket from 'ws';
import { badRequest } from '../../../api/errors';
import type { Upgrade } from './upgrade';

/**
 * Completes the handshake with the first of the client's subprotocols that is among `supported`. The names are compared
 * here and not by ws, which refuses those with a slash. Throws BadRequest when there is none.
 */
export async function acceptWebSocket({ request, socket, head }: Upgrade, supported: readonly string[]): Promise<{ webSocket: WebSocket; protocol: string }> {
  if (request.headers.upgrade?.toLowerCase() !== 'websocket') throw badRequest(`unable to upgrade: protocol ${request.headers.upgrade} is not supported, use websocket`);
  const offered = String(request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const protocol = offered.find((name) => supported.includes(name));
  if (!protocol) throw badRequest(`unable to upgrade: unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${supported.join(' ')}]`);
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });
  delete request.headers['sec-websocket-protocol'];
  server.on('headers', (headers) => void headers.push(`Sec-WebSocket-Protocol: ${protocol}`));
  const webSocket = await new Promise<WebSocket>((resolve) => server.handleUpgrade(request, socket, head, resolve));
  return { webSocket, protocol };
}
