import type WebSocket from 'ws';
import { badRequest } from '../../../api/errors';
import type { Upgrade } from './upgrade';

export const isWebSocket = ({ request }: Upgrade): boolean => request.headers.upgrade?.toLowerCase() === 'websocket';

/**
 * Completes the handshake with the first of the client's subprotocols that is among `supported`, '' standing for none.
 * The names are compared here and not by ws, which refuses those with a slash. Throws BadRequest when there is none.
 */
export async function acceptWebSocket(upgrade: Upgrade, supported: readonly string[]): Promise<{ webSocket: WebSocket; protocol: string }> {
  const { request, socket, head, accepted } = upgrade;
  if (!isWebSocket(upgrade)) throw badRequest(`unable to upgrade: protocol ${request.headers.upgrade} is not supported, use websocket`);
  const offered = String(request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const protocol = offered.find((name) => supported.includes(name));
  if (protocol === undefined) throw badRequest(`unable to upgrade: unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${supported.join(' ')}]`);
  const { WebSocketServer } = await import('ws');
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });
  delete request.headers['sec-websocket-protocol'];
  if (protocol) server.on('headers', (headers) => void headers.push(`Sec-WebSocket-Protocol: ${protocol}`));
  const webSocket = await new Promise<WebSocket>((resolve) => server.handleUpgrade(request, socket, head, resolve));
  accepted();
  return { webSocket, protocol };
}
