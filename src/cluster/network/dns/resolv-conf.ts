import { isIP } from 'node:net';

/** The name servers of a resolv.conf, in order. resolv.conf(5): at most three are used. */
export function nameServers(resolvConf: string): string[] {
  return resolvConf.split('\n')
    .map((line) => /^\s*nameserver\s+(\S+)/.exec(line)?.[1] ?? '')
    .filter((address) => isIP(address.split('%')[0]!) !== 0)
    .slice(0, 3);
}
