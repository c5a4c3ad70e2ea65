import { ApiError, badRequest } from '../../../api/errors';
import type { Incoming } from './exchange';

/** 3 MiB, as upstream: what etcd takes, and some room for a JSON patch. */
const bodyBytesMax = 3 * 1024 * 1024;

const brokenOff = () => badRequest('unexpected EOF');

/** Throws RequestEntityTooLarge, and BadRequest where the client breaks off. What follows the limit stays unread. */
export function readBody(request: Incoming): Promise<Buffer> {
  if (request.destroyed) return Promise.reject(brokenOff());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const take = (chunk: Buffer) => {
      length += chunk.length;
      if (length > bodyBytesMax) fail(new ApiError('RequestEntityTooLarge', `Request entity too large: limit is ${bodyBytesMax}`, {}));
      else chunks.push(chunk);
    };
    const end = () => {
      forget();
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    };
    const fail = (error: ApiError) => {
      forget();
      request.pause();
      reject(error);
    };
    const breakOff = () => fail(brokenOff());
    const forget = () => request.off('data', take).off('end', end).off('close', breakOff).off('error', breakOff);
    request.on('data', take).on('end', end).on('close', breakOff).on('error', breakOff);
  });
}
