const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ipv4 = new RegExp(`^${octet}(\\.${octet}){3}$`);

export const isIPv4 = (text: string) => ipv4.test(text);

/** Groups of hexadecimal digits, one run of zeros left out at most, the last two groups perhaps as IPv4. */
export function isIPv6(text: string): boolean {
  const lastColon = text.lastIndexOf(':');
  if (lastColon < 0) return false;
  const tail = text.slice(lastColon + 1);
  const groupsText = tail.includes('.') ? isIPv4(tail) ? `${text.slice(0, lastColon + 1)}0:0` : '!' : text;
  const halves = groupsText.split('::');
  if (halves.length > 2) return false;
  const groups = halves.flatMap((half) => half === '' ? [] : half.split(':'));
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? groups.length < 8 : groups.length === 8;
}

export const isIP = (text: string) => isIPv4(text) || isIPv6(text);

/** Addresses that make no sense as those of a service or endpoint, with upstream's sentence for each. */
const special: readonly [RegExp, string][] = [
  [/^(0\.0\.0\.0|::)$/, 'may not be unspecified (0.0.0.0 or ::)'],
  [/^(127\.|::1$)/, 'may not be in the loopback range (127.0.0.0/8, ::1/128)'],
  [/^(169\.254\.|fe[89ab][0-9a-f]:)/i, 'may not be in the link-local range (169.254.0.0/16, fe80::/10)'],
  [/^(224\.0\.0\.|ff02:)/i, 'may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)'],
];

/** After ValidateNonSpecialIP. */
export const nonSpecialMessages = (ip: string) => special.filter(([range]) => range.test(ip)).map(([, message]) => message);

export const mustBeIP = 'must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)';

/** `10.0.0.0/8`; the address may have bits beyond the prefix. */
export function isCIDR(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  if (rest.length > 0 || !/^[0-9]{1,3}$/.test(bits)) return false;
  return isIPv4(address) ? Number(bits) <= 32 : isIPv6(address) && Number(bits) <= 128;
}
