import type { Http2ServerRequest } from 'node:http2';
import { gzip, constants } from 'node:zlib';
import type { Clock } from '../../../api/clock';
import { textReply } from './paths/json';
import { isTrue } from './request-info';
import type { Exchange, Incoming, Reply } from './exchange';

/** Bodies from this size on are compressed for those who take it. Source: defaultGzipThresholdBytes. */
const gzipFromBytes = 128 * 1024;

/** Sends a whole answer, unless there was one already: a deadline may have been quicker. */
export async function respond(exchange: Exchange, reply: Reply): Promise<void> {
  const { request, response, info, audit } = exchange;
  const joined = Buffer.isBuffer(reply.body) ? reply.body : Buffer.concat(reply.body as Buffer[]);
  const body = reply.contentType === 'application/json' && wantsPretty(request, info.query) ? pretty(joined) : joined;
  const compresses = body.length > gzipFromBytes && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const sent = compresses ? await compressed(body) : body;
  if (response.headersSent || response.destroyed) return;
  audit?.answered(reply.code, () => shownBy(reply, joined));
  begin(exchange, reply.code, {
    'content-type': reply.contentType,
    'content-length': String(sent.length),
    ...(compresses && { 'content-encoding': 'gzip', vary: 'Accept-Encoding' }),
    ...reply.headers,
  });
  if (request.method === 'HEAD') response.end();
  else response.end(sent);
}

const shownBy = ({ object, contentType }: Reply, body: Buffer): unknown =>
  object ?? (contentType === 'application/json' && body.length ? (JSON.parse(body.toString()) as unknown) : undefined);

/** Sends the head of an answer, with what every one carries. */
export function begin({ response, auditId, warnings, audit }: Exchange, code: number, headers: Record<string, string>): void {
  const all: Record<string, string | string[]> = { 'audit-id': auditId, 'cache-control': 'no-cache, private', ...headers };
  if (warnings.length) all.warning = [...new Set(warnings)].map(warningHeader);
  (response.writeHead as (code: number, headers: Record<string, string | string[]>) => unknown).call(response, code, all);
  audit?.started(code);
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
