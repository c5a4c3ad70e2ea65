import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Http2ServerResponse } from 'node:http2';
import type { ResponseHeaders } from './headers';

export type Response = ServerResponse | Http2ServerResponse;

/** An answer of the proxy's own: plain text that says what is wrong and, where it can be known, what to do. */
export function sendPage(response: Response, status: number, message: string, headers: ResponseHeaders = {}): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const page = pageOf(status, message, headers);
  writeHead(response, status, page.headers);
  response.end(page.text);
}

export function pageOf(status: number, message: string, headers: ResponseHeaders = {}): { headers: ResponseHeaders; text: string } {
  const text = message === '' && status < 400 ? '' : `${status} ${STATUS_CODES[status] ?? ''}${message ? `: ${message}` : ''}\n`;
  const all: ResponseHeaders = { ...(text && { 'content-type': 'text/plain; charset=utf-8' }), 'content-length': String(Buffer.byteLength(text)), ...headers };
  if (status === 204) delete all['content-length'];
  return { headers: all, text };
}

/** One signature for both versions of HTTP. */
export function writeHead(response: Response, status: number, headers: ResponseHeaders): void {
  (response as ServerResponse).writeHead(status, headers);
}
