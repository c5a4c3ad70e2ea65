import { gzip, constants } from 'node:zlib';
import { isTrue } from './request-info';
import type { Exchange, Incoming, Outgoing, Reply } from './exchange';

/** Bodies from this size on are compressed for those who take it. Source: defaultGzipThresholdBytes. */
const gzipFromBytes = 128 * 1024;

/** Sends a whole answer. */
export async function respond({ request, response, info, auditId, warnings }: Exchange, reply: Reply): Promise<void> {
  const joined = Buffer.isBuffer(reply.body) ? reply.body : Buffer.concat(reply.body as Buffer[]);
  const body = reply.contentType === 'application/json' && wantsPretty(request, info.query) ? pretty(joined) : joined;
  const compresses = body.length > gzipFromBytes && /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  const sent = compresses ? await compressed(body) : body;
  begin(response, reply.code, auditId, warnings, {
    'content-type': reply.contentType,
    'content-length': String(sent.length),
    ...(compresses && { 'content-encoding': 'gzip', vary: 'Accept-Encoding' }),
    ...reply.headers,
  });
  if (request.method === 'HEAD') response.end();
  else response.end(sent);
}

/** Sends the head of an answer, with what every one carries. */
export function begin(response: Outgoing, code: number, auditId: string, warnings: readonly string[], headers: Record<string, string>): void {
  const all: Record<string, string | string[]> = { 'audit-id': auditId, 'cache-control': 'no-cache, private', ...headers };
  if (warnings.length) all.warning = [...new Set(warnings)].map(warningHeader);
  (response.writeHead as (code: number, headers: Record<string, string | string[]>) => unknown).call(response, code, all);
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
