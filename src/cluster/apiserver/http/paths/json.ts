import type { Reply } from '../exchange';

export const jsonReply = (value: unknown, contentType = 'application/json', headers: Record<string, string> = {}): Reply =>
  ({ code: 200, contentType, body: Buffer.from(`${JSON.stringify(value)}\n`), headers });

export const textReply = (code: number, text: string, headers: Record<string, string> = {}): Reply =>
  ({ code, contentType: 'text/plain; charset=utf-8', body: Buffer.from(text), headers: { 'x-content-type-options': 'nosniff', ...headers } });

/** What Go's mux says to a path that nobody serves. */
export const pageNotFound = (): Reply => textReply(404, '404 page not found\n');
