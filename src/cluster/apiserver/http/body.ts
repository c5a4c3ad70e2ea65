import type { Readable } from 'node:stream';
import { ApiError } from '../../../api/errors';

/** 3 MiB, as upstream: what etcd takes, and some room for a JSON patch. */
const bodyBytesMax = 3 * 1024 * 1024;

/** Throws RequestEntityTooLarge. */
export async function readBody(request: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > bodyBytesMax) throw new ApiError('RequestEntityTooLarge', `Request entity too large: limit is ${bodyBytesMax}`, {});
    chunks.push(chunk);
  }
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
