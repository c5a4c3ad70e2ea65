import type { Client } from '../../client/client';
import type { NodeNetwork } from '../../runtime/port';
import type { ApiServer } from '../apiserver/server';
import { publishApiAddress } from './bootstrap';

const loopback = '127.0.0.1';

/**
 * Where pods reach the API: the engine's network has the host. Simulated pods reach nothing, and endpoints may not be
 * loopback addresses: there the node's own address stands for it, until there is a node on an engine.
 */
export class ApiAddress {
  private published: string | undefined;

  constructor(private readonly api: Pick<ApiServer, 'listen'>, private readonly client: Client, private readonly port: number) {}

  get current(): { address: string; port: number } | undefined {
    return this.published === undefined ? undefined : { address: this.published, port: this.port };
  }

  async reachableFrom({ hostAddress, address }: NodeNetwork): Promise<void> {
    if (hostAddress === loopback && this.published !== undefined) return;
    const wanted = hostAddress === loopback ? address : hostAddress;
    if (this.published === wanted) return;
    if (hostAddress !== loopback) await this.api.listen(hostAddress, this.port);
    this.published = wanted;
    await publishApiAddress(this.client, wanted, this.port);
  }
}
