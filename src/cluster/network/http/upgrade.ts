import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { splice } from '../host/splice';
import type { ForwardContext, ForwardDecision } from './exchange';
import { upstreamHeaders, type ClientFacts } from './headers';
import type { RequestHead, Target } from './route';
import { chooseTarget } from './tries';

export interface UpgradeExchange {
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  /** What the client has sent behind its request. */
  readonly first: Buffer;
  readonly head: RequestHead;
  readonly facts: ClientFacts;
  readonly decision: ForwardDecision;
}

/** A WebSocket, or whatever else the two agree on: after the first answer bytes are carried both ways. */
export async function forwardUpgrade(exchange: UpgradeExchange, { pools, random }: ForwardContext): Promise<void> {
  const { request, socket, facts, decision } = exchange;
  const { policy } = decision.route;
  let upstream: Duplex | undefined;
  const tried: Target[] = [];
  for (const _target of decision.backend.targets) {
    const target = chooseTarget(exchange, random, tried);
    tried.push(target);
    upstream = await pools.connect(decision.backend, target, policy.connectTimeoutMs).catch(() => undefined);
    if (upstream) break;
  }
  if (!upstream) return refuseUpgrade(socket, 502, `${decision.route.owner}: ${decision.backend.name} cannot be reached`);
  const { upgrade = 'websocket' } = request.headers;
  const headers = [...upstreamHeaders(request.rawHeaders, facts, policy.upstreamHost, [policy.edits?.request, decision.backend.edits?.request]), 'Connection', 'Upgrade', 'Upgrade', upgrade];
  const connection = upstream;
  const asked = httpRequest({ method: request.method, path: decision.path, headers: headers as never, createConnection: () => connection });
  asked.on('upgrade', (answer, peer, first) => {
    socket.write(headText(answer.statusCode!, answer.statusMessage ?? '', answer.rawHeaders));
    if (first.length) socket.write(first);
    splice(socket, peer);
  });
  asked.on('response', (answer) => {
    const kept = answer.rawHeaders.filter((_, at) => !/^(connection|keep-alive|transfer-encoding)$/i.test(answer.rawHeaders[at - (at % 2)]!));
    socket.write(headText(answer.statusCode!, answer.statusMessage ?? '', [...kept, 'Connection', 'close']));
    answer.pipe(socket);
  });
  asked.on('error', (error) => refuseUpgrade(socket, 502, `${decision.route.owner}: ${decision.backend.name}: ${error.message}`));
  socket.on('error', () => connection.destroy());
  asked.end();
  if (exchange.first.length) connection.write(exchange.first);
}

export function refuseUpgrade(socket: Duplex, status: number, message: string): void {
  const text = `${status}: ${message}\n`;
  socket.end(headText(status, '', ['Content-Type', 'text/plain; charset=utf-8', 'Content-Length', String(Buffer.byteLength(text)), 'Connection', 'close']) + text);
}

function headText(status: number, reason: string, headers: readonly string[]): string {
  const lines = [`HTTP/1.1 ${status} ${reason}`];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return `${lines.join('\r\n')}\r\n\r\n`;
}
