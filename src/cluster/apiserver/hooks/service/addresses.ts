/** `10.96.0.1` as a number; undefined for anything but a dotted IPv4 address. */
export function parseIPv4(text: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  if (!parts || parts.some((part) => part > 255)) return undefined;
  return parts.reduce((address, part) => address * 256 + part, 0);
}

export const formatIPv4 = (address: number): string => [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/** The addresses of a CIDR that can be given out: neither the network's own nor the broadcast one. Throws for what is no IPv4 CIDR. */
export function usableAddresses(cidr: string): { from: number; to: number } {
  const [base, bits] = cidr.split('/');
  const address = parseIPv4(base ?? '');
  const length = Number(bits);
  if (address === undefined || !Number.isInteger(length) || length < 8 || length > 30) throw new Error(`not a usable IPv4 range: ${cidr}`);
  const size = 2 ** (32 - length);
  const network = Math.floor(address / size) * size;
  return { from: network + 1, to: network + size - 2 };
}
