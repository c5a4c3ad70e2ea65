/** The addresses of a node's pod range. The first is the gateway's, the last the broadcast's; freed ones are used again as late as possible. */
export class PodAddresses {
  private readonly base: number;
  private readonly size: number;
  private readonly taken = new Set<string>();
  private next = 2;

  constructor(podCIDR: string) {
    const [address = '', prefix = ''] = podCIDR.split('/');
    this.base = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    this.size = 2 ** (32 - Number(prefix));
  }

  /** Notes an address that is in use already. */
  take(ip: string): void {
    this.taken.add(ip);
  }

  /** Throws when the range is used up. */
  allocate(): string {
    for (let tried = 2; tried < this.size - 1; tried++) {
      const ip = format(this.base + this.next);
      this.next = this.next + 1 >= this.size - 1 ? 2 : this.next + 1;
      if (this.taken.has(ip)) continue;
      this.taken.add(ip);
      return ip;
    }
    throw new Error('no IP addresses available in range set');
  }

  release(ip: string): void {
    this.taken.delete(ip);
  }
}

const format = (value: number) => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join('.');
