import type { Duplex } from 'node:stream';
import type { Random } from '../../../api/clock';
import type { NodeNetwork } from '../../../runtime/port';
import type { HostPort } from './plan';

/**
 * A connection to what is behind the port. A node's own address and port come first: there the node's rules apply.
 * Nodes without rules (sim) refuse that, and the connection goes to an endpoint chosen here.
 */
export async function connectTo({ nodes, endpoints, port }: HostPort, networks: ReadonlyMap<string, NodeNetwork>, random: Random): Promise<Duplex> {
  let last: unknown = new Error('the Service has no ready endpoints');
  if (endpoints.length === 0) throw last;
  const attempts = [
    ...nodes.flatMap((name) => networks.get(name) ?? []).slice(0, 1).map((network) => () => network.dial(network.address, port)),
    () => dialEndpoint(endpoints[Math.floor(random() * endpoints.length)]!, networks),
  ];
  for (const attempt of attempts) {
    try {
      return await attempt();
    } catch (error) {
      last = error;
    }
  }
  throw last;
}

function dialEndpoint({ nodeName, address, port }: HostPort['endpoints'][number], networks: ReadonlyMap<string, NodeNetwork>): Promise<Duplex> {
  const network = (nodeName !== undefined && networks.get(nodeName)) || [...networks.values()][0];
  return network ? network.dial(address, port) : Promise.reject(new Error('there is no node'));
}
