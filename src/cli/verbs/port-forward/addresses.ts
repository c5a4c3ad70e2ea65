import { isIP } from 'node:net';

export interface ListenAddress {
  address: string;
  family: 4 | 6;
  /** Of localhost: one of its two addresses is enough. */
  optional: boolean;
}

/** The addresses to listen on, in order. Throws in client-go's words. */
export function parseAddresses(given: readonly string[]): ListenAddress[] {
  if (!given.length) throw new Error('you must specify at least 1 address');
  const parsed = new Map<string, ListenAddress>();
  for (const address of given) {
    if (address === 'localhost') {
      for (const [each, family] of [['127.0.0.1', 4], ['::1', 6]] as const) {
        if (!parsed.has(each)) parsed.set(each, { address: each, family, optional: true });
      }
      continue;
    }
    const family = isIP(address);
    if (!family) throw new Error(`${address} is not a valid IP`);
    parsed.set(address, { address, family: family as 4 | 6, optional: false });
  }
  return [...parsed.values()].sort((a, b) => (a.address < b.address ? -1 : 1));
}

export const hostPort = ({ address, family }: ListenAddress, port: number): string => (family === 6 ? `[${address}]:${port}` : `${address}:${port}`);
