import { BlockList, isIP } from 'node:net';

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The proxy that the environment names for a server, undefined for none. HTTPS_PROXY, HTTP_PROXY and NO_PROXY are read
 * as Go's golang.org/x/net/http/httpproxy reads them: also in small letters, and never for the machine itself.
 */
export function proxyFromEnvironment(server: string, env: Variables): string | undefined {
  const { protocol, hostname, port } = new URL(server);
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
  const named = either(env, protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
  if (!named || isLocal(host) || isExcepted(host, port || (protocol === 'https:' ? '443' : '80'), either(env, 'NO_PROXY'))) return undefined;
  return /^[a-z0-9+.-]+:\/\//i.test(named) ? named : `http://${named}`;
}

const either = (env: Variables, name: string): string => env[name] || env[name.toLowerCase()] || '';

const isLocal = (host: string): boolean => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

function isExcepted(host: string, port: string, exceptions: string): boolean {
  return exceptions.split(',').map((part) => part.trim().toLowerCase()).filter(Boolean).some((part) => part === '*' || matches(part, host, port));
}

/** `10.0.0.0/8`, `10.1.2.3`, `example.com` (and what is below it), `.example.com` (only that), each with a port or not. */
function matches(part: string, host: string, port: string): boolean {
  if (part.includes('/')) return isWithin(part, host);
  const [, name = part, wantedPort] = /^(.*?)(?::(\d+))?$/.exec(isIP(part) ? `${part}` : part) ?? [];
  const bare = (isIP(part) ? part : name).replace(/^\[|\]$/g, '').replace(/^\*(?=\.)/, '');
  if (!isIP(part) && wantedPort && wantedPort !== port) return false;
  if (isIP(bare)) return bare === host;
  return bare.startsWith('.') ? host.endsWith(bare) : host === bare || host.endsWith(`.${bare}`);
}

function isWithin(range: string, host: string): boolean {
  const [network = '', bits = ''] = range.split('/');
  const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
  if (!isIP(network) || isIP(network) !== isIP(host)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), family);
  return list.check(host, family);
}
