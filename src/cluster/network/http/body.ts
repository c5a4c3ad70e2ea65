import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import { PassThrough, type Readable } from 'node:stream';

export type Request = IncomingMessage | Http2ServerRequest;

/** Bodies up to this size are read first: then the request can go to another target when one does not take it. */
const readFirstBytesMax = 64 * 1024;

export function hasBody(request: Request): boolean {
  if ('stream' in request) return !request.stream.endAfterHeaders;
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

/** Null: the body is too large. */
export async function readBody(request: Request, bytesMax: number | undefined): Promise<Buffer | Readable | null> {
  const length = Number(request.headers['content-length'] ?? NaN);
  if (bytesMax !== undefined && length > bytesMax) return null;
  if (length <= readFirstBytesMax) return whole(request);
  return limited(request, bytesMax);
}

async function whole(request: Request): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A stream whose end does not end the client's: there is an answer to be written still. */
function limited(request: Request, bytesMax: number | undefined): Readable {
  const through = new PassThrough();
  let bytes = 0;
  if (bytesMax !== undefined) {
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > bytesMax) through.destroy(new BodyTooLarge());
    });
  }
  request.on('error', (error) => through.destroy(error)).on('close', () => {
    if (!request.readableEnded) through.destroy(new Error('the client went away'));
  });
  through.on('error', () => request.unpipe(through));
  return request.pipe(through);
}

class BodyTooLarge extends Error {
  readonly code = 'BodyTooLarge';
  constructor() {
    super('the body is larger than is allowed');
  }
}
