import { isIPv4 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Whether this machine has the IPv4 address, other than for itself alone. */
export const isOwn = (address: string): boolean =>
  isIPv4(address) && Object.values(networkInterfaces()).flatMap((each) => each ?? []).some((own) => own.address === address && !own.internal);
