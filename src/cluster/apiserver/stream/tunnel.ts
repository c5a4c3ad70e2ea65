import { STATUS_CODES, type ClientRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

/** Connects the two sides of an upgrade once the server behind agrees; otherwise its answer is passed on. Rejects when there is none. */
export function tunnel(outgoing: ClientRequest, socket: Duplex, head: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    outgoing.once('upgrade', (answer, backend, rest) => {
      socket.write(headOf(answer));
      socket.write(rest);
      backend.write(head);
      join(socket, backend, resolve);
    });
    outgoing.once('response', (answer) => {
      socket.write(headOf(answer));
      answer.pipe(socket);
      answer.once('close', resolve);
    });
    outgoing.once('error', reject);
    socket.once('close', () => outgoing.destroy());
    outgoing.end();
  });
}

/** The head of an answer as it came. */
function headOf({ statusCode = 502, rawHeaders }: IncomingMessage): string {
  const lines = rawHeaders.flatMap((name, i) => (i % 2 ? [] : [`${name}: ${rawHeaders[i + 1]}`]));
  return [`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`, ...lines, '', ''].join('\r\n');
}

function join(a: Duplex, b: Duplex, ended: () => void): void {
  a.pipe(b);
  b.pipe(a);
  for (const [one, other] of [[a, b], [b, a]] as const) {
    one.once('error', () => other.destroy());
    one.once('close', () => {
      other.destroy();
      ended();
    });
  }
}
