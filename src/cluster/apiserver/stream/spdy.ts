import type { Duplex } from 'node:stream';
import { ApiError } from '../../../api/errors';
import type { Upgrade } from './upgrade';

/** Clients before 1.31 speak SPDY alone. */
export const isSpdy = ({ request }: Upgrade): boolean => /^spdy\/3\.1$/i.test(request.headers.upgrade ?? '');

/**
 * Answers the handshake with the first of the client's protocols that is supported; who names none gets the last one.
 * Resolves to the connection that the frames are on. Throws Forbidden. Source: httpstream.Handshake.
 */
export function acceptSpdy({ request, socket, head, accepted }: Upgrade, supported: readonly string[]): { transport: Duplex; protocol: string } {
  const offered = String(request.headers['x-stream-protocol-version'] ?? '').split(',').map((name) => name.trim()).filter(Boolean);
  const protocol = offered.length ? offered.find((name) => supported.includes(name)) : supported.at(-1);
  if (!protocol) throw new ApiError('Forbidden', `unable to upgrade: unable to negotiate protocol: client supports [${offered.join(' ')}], server accepts [${supported.join(' ')}]`);
  const chosen = offered.length ? `X-Stream-Protocol-Version: ${protocol}\r\n` : '';
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: SPDY/3.1\r\n${chosen}\r\n`);
  accepted();
  if (head.length) socket.unshift(head);
  return { transport: socket, protocol };
}
