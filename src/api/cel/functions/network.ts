import { quote } from '../../go/quote';
import { parseRequestURI, type GoURL } from '../../go/url';
import { cidrContains, formatIP, networkOf, parseCIDR, parseIP, type CIDR, type IP } from '../../validation/ip';
import { ArrayList, CelError, EntryMap, Opaque, type Value } from '../values/value';
import { traversal } from './costs';
import { row, type Overload } from './row';

class UrlValue extends Opaque {
  readonly typeName = 'kubernetes.URL';

  constructor(readonly url: GoURL) {
    super();
  }

  override equals(other: Opaque): boolean {
    return JSON.stringify(this.url) === JSON.stringify((other as UrlValue).url);
  }
}

class IpValue extends Opaque {
  readonly typeName = 'net.IP';

  constructor(readonly ip: IP) {
    super();
  }

  override equals(other: Opaque): boolean {
    return formatIP(this.ip) === formatIP((other as IpValue).ip);
  }
}

class CidrValue extends Opaque {
  readonly typeName = 'net.CIDR';

  constructor(readonly cidr: CIDR) {
    super();
  }

  override equals(other: Opaque): boolean {
    return cidrText(this.cidr) === cidrText((other as CidrValue).cidr);
  }
}

function urlOf(text: string): UrlValue {
  try {
    return new UrlValue(parseRequestURI(text));
  } catch (error) {
    throw new CelError(`URL parse error during conversion from string: ${(error as Error).message}`);
  }
}

const succeeds = (work: () => unknown): boolean => {
  try {
    work();
    return true;
  } catch {
    return false;
  }
};

const hostname = (host: string) => (host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, ''));
const port = (host: string) => /:(\d*)$/.exec(host.replace(/^\[.*\]/, ''))?.[1] ?? '';

function queryOf(query: string): Value {
  const values = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(query)) values.set(name, [...(values.get(name) ?? []), value]);
  return new EntryMap([...values].map(([name, list]) => [name, new ArrayList(list)]));
}

/** No zones, no leading zeros, no IPv4 addresses in disguise. */
function strictIP(text: string): IP {
  if (text.includes('%')) throw new CelError(`IP address ${quote(text)} with zone value is not allowed`);
  const ip = parseIP(text);
  const isPadded = /(^|\.)0\d/.test(text);
  if (!ip || isPadded) throw new CelError(`IP Address ${quote(text)} parse error during conversion from string: ParseAddr(${quote(text)}): ${isPadded ? 'IPv4 field has octet with leading zero' : 'unable to parse IP'}`);
  if (ip.family === 4 && text.includes(':')) throw new CelError(`IPv4-mapped IPv6 address ${quote(text)} is not allowed`);
  return ip;
}

function strictCIDR(text: string): CIDR {
  const slash = text.indexOf('/');
  const refuse = (why: string) => new CelError(`network address parse error during conversion from string: netip.ParsePrefix(${quote(text)}): ${why}`);
  if (slash < 0) throw refuse("no '/'");
  strictIP(text.slice(0, slash));
  const cidr = parseCIDR(text);
  if (!cidr || /\/0\d/.test(text)) throw refuse('prefix length out of range');
  return cidr;
}

const cidrText = ({ ip, prefix }: CIDR) => `${formatIP(ip)}/${prefix}`;
const bitsOf = ({ family }: IP) => (family === 4 ? 32 : 128);
const isIn = (ip: IP, ...cidrs: string[]) => cidrs.some((text) => cidrContains(parseCIDR(text)!, ip));

const containsCIDR = (outer: CIDR, inner: CIDR) => outer.ip.family === inner.ip.family && outer.prefix <= inner.prefix && cidrContains(outer, networkOf(inner));

const isUnspecified = ({ value }: IP) => value === 0n;
const isLoopback = (ip: IP) => isIn(ip, '127.0.0.0/8', '::1/128');
const isMulticast = (ip: IP) => isIn(ip, '224.0.0.0/4', 'ff00::/8');
const isLinkLocalUnicast = (ip: IP) => isIn(ip, '169.254.0.0/16', 'fe80::/10');

const predicates: Readonly<Record<string, (ip: IP) => boolean>> = {
  isUnspecified, isLoopback, isLinkLocalUnicast,
  isLinkLocalMulticast: (ip) => isIn(ip, '224.0.0.0/24') || (ip.family === 6 && ip.value >> 112n === 0xff02n),
  isGlobalUnicast: (ip) => !isUnspecified(ip) && !isLoopback(ip) && !isMulticast(ip) && !isLinkLocalUnicast(ip) && !(ip.family === 4 && ip.value === 0xffff_ffffn),
};

const over = ([text]: readonly Value[]) => traversal(text!);
const addressBytes = (ip: IP) => bitsOf(ip) / 8;
const prefixCost = ([outer]: readonly Value[]) => Math.ceil(2 * addressBytes((outer as CidrValue).cidr.ip) * 0.1);

/** Source: k8s.io/apiserver/pkg/cel/library/{urls,ip,cidr}.go. */
export const network: readonly Overload[] = [
  row('url(string) kubernetes.URL', urlOf, over),
  row('isURL(string) bool', (text: string) => succeeds(() => urlOf(text)), over),
  row('(kubernetes.URL).getScheme() string', ({ url }: UrlValue) => url.scheme),
  row('(kubernetes.URL).getHost() string', ({ url }: UrlValue) => url.host),
  row('(kubernetes.URL).getHostname() string', ({ url }: UrlValue) => hostname(url.host)),
  row('(kubernetes.URL).getPort() string', ({ url }: UrlValue) => port(url.host)),
  row('(kubernetes.URL).getEscapedPath() string', ({ url }: UrlValue) => url.path.replace(/#.*$/, '')),
  row('(kubernetes.URL).getQuery() map(string, list(string))', ({ url }: UrlValue) => queryOf(url.query.replace(/#.*$/, ''))),
  row('ip(string) net.IP', (text: string) => new IpValue(strictIP(text)), over),
  row('isIP(string) bool', (text: string) => succeeds(() => strictIP(text)), over),
  row('ip.isCanonical(string) bool', (text: string) => formatIP(strictIP(text)) === text, ([text]) => traversal(text!, 2)),
  row('string(net.IP) string', ({ ip }: IpValue) => formatIP(ip)),
  row('(net.IP).family() int', ({ ip }: IpValue) => BigInt(ip.family)),
  ...Object.entries(predicates).map(([name, holds]) => row(`(net.IP).${name}() bool`, ({ ip }: IpValue) => holds(ip))),
  row('cidr(string) net.CIDR', (text: string) => new CidrValue(strictCIDR(text)), over),
  row('isCIDR(string) bool', (text: string) => succeeds(() => strictCIDR(text)), over),
  row('string(net.CIDR) string', ({ cidr }: CidrValue) => cidrText(cidr)),
  row('(net.CIDR).containsIP(string) bool', ({ cidr }: CidrValue, text: string) => cidrContains(cidr, strictIP(text)), prefixCost),
  row('(net.CIDR).containsIP(net.IP) bool', ({ cidr }: CidrValue, { ip }: IpValue) => cidrContains(cidr, ip), prefixCost),
  row('(net.CIDR).containsCIDR(string) bool', ({ cidr }: CidrValue, text: string) => containsCIDR(cidr, strictCIDR(text)), prefixCost),
  row('(net.CIDR).containsCIDR(net.CIDR) bool', ({ cidr }: CidrValue, inner: CidrValue) => containsCIDR(cidr, inner.cidr), prefixCost),
  row('(net.CIDR).ip() net.IP', ({ cidr }: CidrValue) => new IpValue(cidr.ip)),
  row('(net.CIDR).prefixLength() int', ({ cidr }: CidrValue) => BigInt(cidr.prefix)),
  row('(net.CIDR).masked() net.CIDR', ({ cidr }: CidrValue) => new CidrValue({ ip: networkOf(cidr), prefix: cidr.prefix })),
];
