import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Exchange } from '../http/exchange';
import { begin, flushHead } from '../http/respond';

/** What belongs to one connection only, or must not leave the server. */
const dropped = new Set(['connection', 'host', 'authorization', 'keep-alive', 'transfer-encoding', 'upgrade', 'proxy-connection']);

/** The headers of a request or an answer that go on with it. */
export const passedOn = (headers: IncomingHttpHeaders): Record<string, string | string[]> =>
  Object.fromEntries(Object.entries(headers).filter(([name, value]) => value !== undefined && !name.startsWith(':') && !dropped.has(name))) as Record<string, string | string[]>;

/** Sends the body of a request on, and the answer back as it comes, redirects as `relocate` sees them. Rejects with what `failure` makes of having none. */
export function forward(exchange: Exchange, outgoing: ClientRequest, failure: (error: Error) => Error, relocate = (location: string) => location): Promise<void> {
  const { request, response } = exchange;
  return new Promise((resolve, reject) => {
    outgoing.once('response', (answer: IncomingMessage) => {
      const { location } = answer.headers;
      begin(exchange, answer.statusCode ?? 502, { ...passedOn(answer.headers) as Record<string, string>, ...(location && { location: relocate(location) }) });
      flushHead(response);
      answer.pipe(response as NodeJS.WritableStream);
      answer.once('error', () => response.destroy());
      answer.once('close', resolve);
    });
    outgoing.once('error', (error) => {
      // The answer has begun: there is nobody left to tell.
      if (response.headersSent) resolve();
      else reject(failure(error));
    });
    response.once('close', () => outgoing.destroy());
    request.pipe(outgoing);
  });
}
