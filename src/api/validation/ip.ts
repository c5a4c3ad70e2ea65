import type { FieldError } from '../errors';
import { invalidValue } from './errors';
import type { Path } from './path';

/** An address as an integer; an IPv4 one mapped into IPv6 counts as IPv4, as Go's net.IP has it. */
export interface IP {
  family: 4 | 6;
  value: bigint;
}

export interface CIDR {
  /** The address as written, host bits included. */
  ip: IP;
  prefix: number;
}

/** Leading zeros are let through, as netutils.ParseIPSloppy does. */
function parseIPv4(text: string): bigint | undefined {
  if (!/^\d+\.\d+\.\d+\.\d+$/.test(text)) return undefined;
  const octets = text.split('.').map(Number);
  return octets.every((octet) => octet <= 255) ? octets.reduce((sum, octet) => sum * 256n + BigInt(octet), 0n) : undefined;
}

/** The 16-bit groups of one side of `::`; a dotted IPv4 tail counts as two. */
function groups(text: string): bigint[] | undefined {
  if (text === '') return [];
  const parts = text.split(':');
  const found: bigint[] = [];
  for (const [i, part] of parts.entries()) {
    const v4 = i === parts.length - 1 && part.includes('.') ? parseIPv4(part) : undefined;
    if (v4 !== undefined) found.push(v4 >> 16n, v4 & 0xffffn);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) found.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return found;
}

function parseIPv6(text: string): bigint | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = [groups(halves[0]!), halves.length === 2 ? groups(halves[1]!) : []];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  return [...head, ...Array<bigint>(missing).fill(0n), ...tail].reduce((sum, group) => (sum << 16n) + group, 0n);
}

const mapped = 0xffffn;

/** Undefined when it is no address. */
export function parseIP(text: string): IP | undefined {
  const v4 = parseIPv4(text);
  if (v4 !== undefined) return { family: 4, value: v4 };
  const v6 = text.includes(':') ? parseIPv6(text) : undefined;
  if (v6 === undefined) return undefined;
  return v6 >> 32n === mapped ? { family: 4, value: v6 & 0xffff_ffffn } : { family: 6, value: v6 };
}

const longestZeros = /(?:^|:)0(?::0)+(?=:|$)/g;

/** Canonical text: RFC 5952 for IPv6. */
export function formatIP({ family, value }: IP): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');
  const text = Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':');
  const zeros = (text.match(longestZeros) ?? []).map((run) => run.replace(/^:/, '')).reduce((best, run) => (run.length > best.length ? run : best), '');
  return zeros ? text.replace(new RegExp(`(^|:)${zeros}(:|$)`), '::') : text;
}

/** Undefined when it is no CIDR. */
export function parseCIDR(text: string): CIDR | undefined {
  const slash = text.indexOf('/');
  const [address, bits] = [text.slice(0, slash), text.slice(slash + 1)];
  const ip = slash < 0 ? undefined : parseIP(address);
  if (!ip || !/^\d+$/.test(bits)) return undefined;
  const mappedBits = ip.family === 4 && address.includes(':') ? 96 : 0;
  const prefix = Number(bits) - mappedBits;
  return prefix >= 0 && prefix <= (ip.family === 4 ? 32 : 128) ? { ip, prefix } : undefined;
}

/** The address without its host bits. */
export function networkOf({ ip, prefix }: CIDR): IP {
  const hostBits = BigInt((ip.family === 4 ? 32 : 128) - prefix);
  return { family: ip.family, value: (ip.value >> hostBits) << hostBits };
}

export const formatCIDR = (cidr: CIDR) => `${formatIP(networkOf(cidr))}/${cidr.prefix}`;

export function cidrContains(cidr: CIDR, ip: IP): boolean {
  return ip.family === cidr.ip.family && networkOf({ ip, prefix: cidr.prefix }).value === networkOf(cidr).value;
}

/** The rule of fields that predate strict checking: any spelling of an address. Source: IsValidIPForLegacyField. */
export const validateIP = (value: string, path: Path): FieldError[] =>
  parseIP(value) ? [] : [invalidValue(path, value, 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)')];

/** Source: IsValidCIDRForLegacyField. */
export const validateCIDR = (value: string, path: Path): FieldError[] =>
  parseCIDR(value) ? [] : [invalidValue(path, value, 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)')];
