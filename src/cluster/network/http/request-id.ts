import { randomFillSync } from 'node:crypto';

const bytes = 16;
const pool = Buffer.alloc(256 * bytes);
let at = pool.length;

/** 128 random bits in hexadecimal; chance is asked for many at once. */
export function requestId(): string {
  if (at === pool.length) {
    randomFillSync(pool);
    at = 0;
  }
  return pool.toString('hex', at, at += bytes);
}
