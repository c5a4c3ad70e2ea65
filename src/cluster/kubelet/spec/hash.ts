import { createHash } from 'node:crypto';
import type { Container } from '../../../api/generated/core.v1';

/** Of what cannot change without a new container. Since 1.31 upstream, too, hashes name and image only. */
export function containerHash({ name, image }: Container): string {
  return createHash('sha256').update(JSON.stringify({ name, image })).digest('hex').slice(0, 8);
}
