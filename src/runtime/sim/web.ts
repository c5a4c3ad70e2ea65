import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { duplexPair, type Duplex } from 'node:stream';
import type { Socket } from 'node:net';

/** Answers a request to a simulated pod: a file of its, or a page that names it. */
export type Responder = (path: string) => { body: Buffer | string; type: string };

/** One HTTP server without a socket; connections are handed to it together with what answers them. */
export class SimWeb {
  private server?: Server;
  private readonly responders = new WeakMap<object, Responder>();

  connect(responder: Responder): Duplex {
    this.server ??= createServer((request, response) => this.answer(request, response));
    const [near, far] = duplexPair();
    far.on('error', () => undefined);
    this.responders.set(far, responder);
    this.server.emit('connection', far as Socket);
    return near;
  }

  close(): void {
    this.server?.closeAllConnections();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { body, type } = this.responders.get(request.socket)!(new URL(request.url ?? '/', 'http://pod').pathname);
    response.writeHead(200, { 'content-type': type });
    response.end(request.method === 'HEAD' ? undefined : body);
  }
}
