import type { Http2ServerRequest } from 'node:http2';
import { gzip, constants } from 'node:zlib';
import type { Clock } from '../../../api/clock';
import { textReply } from './paths/json';
import { joined, sendCompressed, sendLarge } from './large-body';
import { isTrue } from './request-info';
import { isGone, type Exchange, type Incoming, type LargeBody, type Outgoing, type Reply } from './exchange';

/** Bodies from this size on are compressed for those who take it. Source: defaultGzipThresholdBytes. */
const gzipFromBytes = 128 * 1024;

/** Sends a whole answer, unless there was one already: a deadline may have been quicker. */
export async function respond(exchange: Exchange, reply: Reply): Promise<void> {
  const { request, response, info, audit } = exchange;
  const isPretty = reply.contentType === 'application/json' && wantsPretty(request, info.query);
  const body = isPretty ? pretty(whole(reply)) : isLarge(reply.body) ? reply.body : whole(reply);
  const compresses = body.length > gzipFromBytes && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const sent = compresses && !isLarge(body) ? await compressed(body) : body;
  if (response.headersSent || isGone(response)) return;
  audit?.answered(reply.code, () => shownBy(reply));
  begin(exchange, reply.code, {
    'content-type': reply.contentType,
    // How long the compressed form of a large body is turns out at its end.
    ...(compresses && isLarge(body) ? {} : { 'content-length': String(sent.length) }),
    ...(compresses && { 'content-encoding': 'gzip', vary: 'Accept-Encoding' }),
    ...reply.headers,
  });
  if (request.method === 'HEAD') return void response.end();
  if (!isLarge(sent)) return void response.end(sent);
  await (compresses ? sendCompressed(response, sent) : sendLarge(response, sent));
}

const isLarge = (body: Reply['body']): body is LargeBody => 'chunks' in body;

export function whole({ body }: Reply): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return isLarge(body) ? joined(body) : Buffer.concat(body);
}

function shownBy(reply: Reply): unknown {
  if (reply.object !== undefined || reply.contentType !== 'application/json' || !reply.body.length) return reply.object;
  return JSON.parse(whole(reply).toString());
}

/** Sends the head of an answer, with what every one carries. */
export function begin({ response, auditId, warnings, audit }: Exchange, code: number, headers: Record<string, string>): void {
  const all: Record<string, string | string[]> = { 'audit-id': auditId, 'cache-control': 'no-cache, private', ...headers };
  if (warnings.length) all.warning = [...new Set(warnings)].map(warningHeader);
  (response.writeHead as (code: number, headers: Record<string, string | string[]>) => unknown).call(response, code, all);
  audit?.started(code);
}

/** Sends the head before there is a body. Over HTTP/2 it is on its way already. */
export function flushHead(response: Outgoing): void {
  if ('flushHeaders' in response) response.flushHeaders();
}

/** Wording: tooManyRequests in k8s.io/apiserver/pkg/server/filters. */
export const tooManyRequests = (): Reply => textReply(429, 'Too many requests, please try again later.\n', { 'retry-after': '1' });

/** How long the rest of a body is taken in and thrown away after the answer: a connection that is cut at once may lose the answer. */
const lingerMs = 500;

/** Ends an exchange whose request was answered before it was read. */
export function abandon({ request, response }: Exchange, clock: Clock): void {
  if (request.complete || request.destroyed) return;
  request.on('error', () => undefined);
  request.resume();
  const cut = () => ('stream' in request ? (request as Http2ServerRequest).stream.close() : request.socket.destroy());
  const cancel = clock.schedule(lingerMs, () => !request.complete && cut());
  request.once('end', cancel);
  response.once('close', () => request.complete && cancel());
}

/** RFC 7234, section 5.5, with the code for miscellaneous warnings. */
const warningHeader = (text: string) => `299 - "${text.replace(/[\\"]/g, '\\$&').replace(/[^\x20-\x7e]/g, '?')}"`;

function wantsPretty({ headers }: Incoming, query: URLSearchParams): boolean {
  if (query.has('pretty')) return isTrue(query.get('pretty'));
  // Those who look at JSON by eye.
  return /^(curl|Wget|Mozilla\/5\.0)/.test(headers['user-agent'] ?? '');
}

const compressed = (body: Buffer) => new Promise<Buffer>((resolve, reject) => {
  gzip(body, { level: constants.Z_BEST_SPEED }, (error, result) => (error ? reject(error) : resolve(result)));
});

const pretty = (body: Buffer) => Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 2));
