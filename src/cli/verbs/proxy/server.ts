import { createServer, STATUS_CODES, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline, type Duplex } from 'node:stream';
import type { Forwarder } from '../../../client/http';
import { plain, serveFile } from './files';
import { isAccepted, type FilterRules } from './filter';
import { routeOf, split, type Prefixes } from './route';

export interface ProxyRules {
  prefixes: Prefixes;
  /** Undefined: everything passes. */
  filter: FilterRules | undefined;
  /** The directory with the files. */
  directory: string;
  /** Of the server's address, put before what is asked for; '' for none. */
  serverPath: string;
  onError(error: Error): void;
}

/** Headers that are for one connection alone. */
const hopByHop = ['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade'];

/** Serves the API of a connection, and files. After k8s.io/kubectl/pkg/proxy. */
export function proxyServer(forwarder: Forwarder, rules: ProxyRules): Server {
  const server = createServer((request, response) => {
    const found = destination(request, rules);
    if ('refusal' in found) return found.refusal(response);
    if ('file' in found) return void serveFile(rules.directory, found.file, request, response).catch((error: Error) => plain(response, 500, error.message));
    void passOn(forwarder, found.path, request, response, rules);
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const found = destination(request, rules);
    if ('path' in found) void passUpgrade(forwarder, found.path, request, socket, head, rules);
    else socket.end(statusLine('refusal' in found ? 403 : 404));
  });
  return server;
}

type Destination = { path: string } | { file: string } | { refusal: (response: ServerResponse) => void };

function destination({ url = '/', method = 'GET', headers }: IncomingMessage, { prefixes, filter, serverPath }: ProxyRules): Destination {
  const route = routeOf(url, prefixes);
  if (route.to === 'nowhere') return { refusal: (response) => plain(response, 404, '404 page not found') };
  if (route.to === 'redirect') return { refusal: (response) => void response.writeHead(301, { location: route.location }).end() };
  if (route.to === 'static') return { file: split(route.path).pathname };
  const asked = { method, path: decoded(split(route.path).pathname), host: headers.host ?? '' };
  if (filter && !isAccepted(filter, asked)) return { refusal: (response) => plain(response, 403, 'Forbidden') };
  return { path: serverPath + route.path };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

async function passOn(forwarder: Forwarder, path: string, request: IncomingMessage, response: ServerResponse, { onError }: ProxyRules): Promise<void> {
  const fail = (error: Error) => {
    if (response.headersSent || response.destroyed) return void response.destroy();
    onError(error);
    plain(response, 500, error.message);
  };
  const asked = await forwarder.open({ method: request.method ?? 'GET', path, headers: forwardedHeaders(request) }).catch(fail);
  if (!asked) return;
  asked.once('error', fail);
  asked.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, without(answer.headers, hopByHop));
    // A watch begins with its headers, long before its first event.
    response.flushHeaders();
    pipeline(answer, response, () => undefined);
  });
  response.once('close', () => asked.destroy());
  request.pipe(asked);
}

function forwardedHeaders({ headers, socket }: IncomingMessage): IncomingHttpHeaders {
  const before = headers['x-forwarded-for'];
  const from = socket.remoteAddress;
  return { ...without(headers, hopByHop), ...(from && { 'x-forwarded-for': before ? `${String(before)}, ${from}` : from }) };
}

const without = <T extends object>(headers: T, names: readonly string[]): T => Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name))) as T;

/** What switches protocols: from the answer on, bytes pass in both directions. */
async function passUpgrade(forwarder: Forwarder, path: string, request: IncomingMessage, socket: Duplex, head: Buffer, { onError }: ProxyRules): Promise<void> {
  const fail = (error: Error) => {
    onError(error);
    socket.end(statusLine(500));
  };
  const asked = await forwarder.open({ method: request.method ?? 'GET', path, headers: request.headers }).catch(fail);
  if (!asked) return;
  socket.on('error', () => asked.destroy());
  asked.once('error', fail);
  asked.once('upgrade', (answer: IncomingMessage, upstream: Duplex, rest: Buffer) => {
    socket.write(`${headOf(answer)}\r\n`);
    if (rest.length) socket.write(rest);
    if (head.length) upstream.write(head);
    upstream.on('error', () => socket.destroy());
    pipeline(socket, upstream, socket, () => undefined);
  });
  asked.once('response', (answer: IncomingMessage) => {
    socket.write(`${headOf(answer, ['connection', 'transfer-encoding', 'keep-alive'])}Connection: close\r\n\r\n`);
    pipeline(answer, socket, () => undefined);
  });
  asked.end();
}

function headOf({ statusCode = 502, statusMessage = '', rawHeaders }: IncomingMessage, left: readonly string[] = []): string {
  const lines = Array.from({ length: rawHeaders.length / 2 }, (_, at) => [rawHeaders[at * 2]!, rawHeaders[at * 2 + 1]!] as const);
  return `HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.filter(([name]) => !left.includes(name.toLowerCase())).map(([name, value]) => `${name}: ${value}\r\n`).join('')}`;
}

const statusLine = (code: number): string => `HTTP/1.1 ${code} ${STATUS_CODES[code]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
