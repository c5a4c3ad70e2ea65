import { createHash } from 'node:crypto';

/** `svc-1a2b3c4d-default/web/http`: unique by the hash, readable by the rest; nft allows 127 characters. */
export function chainName(prefix: string, name: string, protocol = ''): string {
  const hash = createHash('sha256').update(`${name}/${protocol}`).digest('hex').slice(0, 8);
  const readable = name.split(' ')[0]!.replace(/[^A-Za-z0-9/_.-]/g, '/').replace(/\/$/, '').slice(0, 90);
  return `${prefix}-${hash}-${readable}`;
}
