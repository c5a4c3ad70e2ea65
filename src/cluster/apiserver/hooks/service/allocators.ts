import type { Random } from '../../../../api/clock';
import { internalError, invalid } from '../../../../api/errors';
import { invalidValue } from '../../../../api/validation';
import type { HookOptions } from '../options';
import { formatIPv4, parseIPv4, usableAddresses } from './addresses';
import { bandSize, NumberRange } from './number-range';

const kind = { group: '', kind: 'Service' };

/** What services hold, and the errors of those who want what is not to be had. Wording: ipallocator and portallocator. */
export class Allocators {
  readonly addresses: NumberRange;
  readonly nodePorts: NumberRange;

  constructor(private readonly options: HookOptions, random: Random) {
    const { from, to } = usableAddresses(options.serviceCIDR);
    const ports = options.nodePortRange;
    this.addresses = new NumberRange(from, to, bandSize(to - from + 1, 16, 256), random);
    this.nodePorts = new NumberRange(ports.from, ports.to, bandSize(ports.to - ports.from + 1, 32, 128), random);
  }

  /** A requested address, or the next one for ''. `all`: spec.clusterIPs, for the error. Throws Invalid. */
  takeAddress(service: string, requested: string, all: readonly string[]): string {
    if (!requested) {
      const next = this.addresses.takeNext();
      if (next === undefined) throw internalError('failed to allocate a serviceIP: range is full');
      return formatIPv4(next);
    }
    const refuse = (why: string) => invalid(kind, service, [invalidValue('spec.clusterIPs', all, `failed to allocate IP ${requested}: ${why}`)]);
    const address = parseIPv4(requested)!;
    if (!this.addresses.contains(address)) {
      throw refuse(`the provided IP (${requested}) is not in the valid range. The range of valid IPs is ${this.options.serviceCIDR}`);
    }
    if (!this.addresses.take(address)) throw refuse('provided IP is already allocated');
    return requested;
  }

  /** A requested port, or the next one for 0. `field`: where it stands. Throws Invalid. */
  takeNodePort(service: string, requested: number, field: string): number {
    if (!requested) {
      const next = this.nodePorts.takeNext();
      if (next === undefined) throw internalError('failed to allocate a nodePort: range is full');
      return next;
    }
    const refuse = (why: string) => invalid(kind, service, [invalidValue(field, requested, why)]);
    const { from, to } = this.options.nodePortRange;
    if (!this.nodePorts.contains(requested)) throw refuse(`provided port is not in the valid range. The range of valid ports is ${from}-${to}`);
    if (!this.nodePorts.take(requested)) throw refuse('provided port is already allocated');
    return requested;
  }
}
