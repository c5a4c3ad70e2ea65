import type { Client } from '../../../client/client';
import type { Service } from '../../../api/generated/core.v1';
import { keyOf } from '../rules/service-port';
import { resources } from '../state';
import { assignAddresses, isBalanced, ownAddress } from './load-balancer';
import { hostPortKey, type HostPort } from './plan';

/** A port that fails at so many addresses is held at all of them. */
const addressesTried = 3;

export interface BalancersOptions {
  readonly client: Client;
  readonly addresses: readonly string[];
  /** Tells of a Service that gets no address, and why. */
  readonly report: (service: Service, message: string) => void;
}

/** Which loopback address is which Service's load balancer, and what their status says of it. */
export class Balancers {
  /** By uid, as the status may lag behind. */
  private readonly current = new Map<string, string>();
  /** `tcp/80` → addresses where it could not be opened; 'all' where that is not a matter of the address. */
  private readonly refused = new Map<string, Set<string> | 'all'>();
  private readonly why = new Map<string, string>();
  private readonly reported = new Set<string>();

  constructor(private readonly options: BalancersOptions) {}

  assign(services: readonly Service[], isTaken: (protocol: string, port: number) => boolean): Map<string, string> {
    return assignAddresses({
      services, addresses: this.options.addresses,
      current: (service) => this.current.get(service.metadata.uid ?? '') ?? ownAddress(service),
      isTaken: (address, protocol, port) => (address === '127.0.0.1' && isTaken(protocol, port)) || this.isRefused(address, `${protocol}/${port}`),
    });
  }

  /** Another address is worth a try, perhaps. */
  refuse({ protocol, address = '', port }: HostPort, error: NodeJS.ErrnoException, why: string): void {
    const key = hostPortKey({ protocol, port });
    const known = this.refused.get(key);
    const addresses = known instanceof Set ? known.add(address) : new Set([address]);
    const everywhere = known === 'all' || addresses.size >= addressesTried || error.code !== 'EADDRINUSE';
    this.refused.set(key, everywhere ? 'all' : addresses);
    this.why.set(key, why);
  }

  /** Whether there is something to try again later. */
  get waits(): boolean {
    return this.refused.size > 0;
  }

  tryAgain(): void {
    this.refused.clear();
  }

  /** Makes each Service's status say where it is served; `rows`: what is open of it. */
  async settle(services: readonly Service[], addresses: ReadonlyMap<string, string>, rows: (service: Service) => { wanted: number; open: number }): Promise<void> {
    for (const service of services) {
      const { wanted, open } = rows(service);
      const address = isBalanced(service) && wanted > 0 && open === wanted ? addresses.get(keyOf(service)) : undefined;
      const uid = service.metadata.uid ?? '';
      if (address) {
        this.current.set(uid, address);
        this.reported.delete(uid);
      } else {
        this.current.delete(uid);
        // With an address that could not be opened there is another one to try.
        if (isBalanced(service) && (wanted === 0 || !addresses.has(keyOf(service)))) this.explain(service, wanted);
      }
      await this.write(service, address);
    }
  }

  private isRefused(address: string, key: string): boolean {
    const known = this.refused.get(key);
    return known === 'all' || (known?.has(address) ?? false);
  }

  private explain(service: Service, wanted: number): void {
    const uid = service.metadata.uid ?? '';
    const ports = service.spec.ports ?? [];
    const reason = ports.flatMap(({ protocol = 'TCP', port }) => this.why.get(`${protocol.toLowerCase()}/${port}`) ?? [])[0]
      ?? (wanted === 0 && ports.some(({ protocol }) => protocol !== 'TCP' && protocol !== undefined) ? 'this machine carries no SCTP, and UDP only where node ports are allocated' : undefined);
    if (!reason || this.reported.has(uid)) return;
    this.reported.add(uid);
    this.options.report(service, reason);
  }

  /** `Proxy`: connections to the address do not pass the nodes' rules. Other controllers' addresses are theirs. */
  private async write(service: Service, address: string | undefined): Promise<void> {
    const known = ownAddress(service);
    if (known === address || (!known && !address)) return;
    const { name, namespace } = service.metadata;
    const ingress = address ? [{ ip: address, ipMode: 'Proxy' }] : null;
    await this.options.client.patch(resources.services, name, namespace, 'merge', { status: { loadBalancer: { ingress } } }, { subresource: 'status' })
      .catch((error: { reason?: string }) => {
        if (error.reason !== 'NotFound') throw error;
      });
  }
}
