import type { IncomingHttpHeaders } from 'node:http';
import type { HeaderEdits } from './route';

/** They belong to one connection, not to the message (RFC 9110 7.6.1). */
export const hopByHop: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'proxy-connection', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'http2-settings', 'expect']);

/** What this proxy says of the client itself, whatever the client says. */
const forwarded = new Set(['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-forwarded-scheme', 'x-real-ip', 'x-scheme']);

export interface ClientFacts {
  readonly address: string;
  /** As the client gave it, with a port. */
  readonly host: string;
  /** The port that the client came to. */
  readonly port: number;
  readonly secure: boolean;
  readonly requestId: string;
}

/**
 * The headers that a backend gets, as names and values in turns: the client's in their order and number but for those
 * of its connection, and who the client is, in the words of ingress-nginx.
 */
export function upstreamHeaders(raw: readonly string[], facts: ClientFacts, upstreamHost: string | undefined, edits: readonly (HeaderEdits | undefined)[]): string[] {
  const { address, host, port, secure, requestId } = facts;
  const named = connectionNames(raw);
  const headers: string[] = ['host', upstreamHost ?? host];
  const cookies: string[] = [];
  let ownId = requestId;
  for (let at = 0; at < raw.length; at += 2) {
    const name = raw[at]!;
    const lower = name.toLowerCase();
    if (lower.startsWith(':') || lower === 'host' || hopByHop.has(lower) || forwarded.has(lower) || named?.has(lower)) continue;
    if (lower === 'cookie') cookies.push(raw[at + 1]!);
    else if (lower === 'x-request-id') ownId = raw[at + 1]!;
    else headers.push(name, raw[at + 1]!);
  }
  // HTTP/2 clients send a cookie a field.
  if (cookies.length) headers.push('cookie', cookies.join('; '));
  const scheme = secure ? 'https' : 'http';
  headers.push('X-Request-ID', ownId, 'X-Real-IP', address, 'X-Forwarded-For', address, 'X-Forwarded-Host', host, 'X-Forwarded-Port', String(port),
    'X-Forwarded-Proto', scheme, 'X-Forwarded-Scheme', scheme, 'X-Scheme', scheme);
  return edits.reduce<string[]>((list, edit) => (edit ? editList(list, edit) : list), headers);
}

/** The usual two, of which the one names itself and the other no header. */
const isUsual = /^(keep-alive|close)$/i;

/** Headers that `Connection` declares to be of the connection, too. */
export function connectionNames(raw: readonly string[]): Set<string> | undefined {
  for (let at = 0; at < raw.length; at += 2) {
    if (raw[at]!.length !== 10 || raw[at]!.toLowerCase() !== 'connection' || isUsual.test(raw[at + 1]!)) continue;
    return new Set(raw[at + 1]!.toLowerCase().split(',').map((name) => name.trim()));
  }
  return undefined;
}

/** Removes, sets, then adds: to one that is there a value is added behind a comma (RFC 9110 5.3). */
function editList(headers: readonly string[], { set = [], add = [], remove = [] }: HeaderEdits): string[] {
  const gone = new Set([...remove, ...set.map(([name]) => name.toLowerCase())]);
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2) if (!gone.has(headers[at]!.toLowerCase())) kept.push(headers[at]!, headers[at + 1]!);
  for (const [name, value] of set) kept.push(name, value);
  for (const [name, value] of add) {
    const at = kept.findIndex((one, index) => index % 2 === 0 && one.toLowerCase() === name.toLowerCase());
    if (at < 0) kept.push(name, value);
    else kept[at + 1] += `,${value}`;
  }
  return kept;
}

export type ResponseHeaders = Record<string, string | string[]>;

/** The headers of the answer that the client gets; names are lower-case. */
export function downstreamHeaders(given: IncomingHttpHeaders, edits: readonly (HeaderEdits | undefined)[]): ResponseHeaders {
  const named = given.connection ? new Set(given.connection.toLowerCase().split(',').map((name) => name.trim())) : undefined;
  const headers: ResponseHeaders = {};
  for (const name in given) {
    const value = given[name];
    if (value !== undefined && !hopByHop.has(name) && !named?.has(name)) headers[name] = value;
  }
  for (const edit of edits) if (edit) editRecord(headers, edit);
  return headers;
}

function editRecord(headers: ResponseHeaders, { set = [], add = [], remove = [] }: HeaderEdits): void {
  for (const name of remove) delete headers[name.toLowerCase()];
  for (const [name, value] of set) headers[name.toLowerCase()] = value;
  for (const [name, value] of add) {
    const known = headers[name.toLowerCase()];
    headers[name.toLowerCase()] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  }
}
