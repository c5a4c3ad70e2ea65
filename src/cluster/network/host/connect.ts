import type { Duplex } from 'node:stream';
import type { Random } from '../../../api/clock';
import type { NodeNetwork } from '../../../runtime/port';
import type { HostPort } from './plan';

/**
 * A connection to what is behind the port: through a node's own address and port, where its rules apply. A node that
 * refuses has no rules for it (yet), and an endpoint is chosen here; what a policy drops is not refused, but times out.
 */
export async function connectTo({ nodes, endpoints, entry: { at, port } }: HostPort, networks: ReadonlyMap<string, NodeNetwork>, random: Random): Promise<Duplex> {
  if (endpoints.length === 0) throw new Error('the Service has no ready endpoints');
  const [node] = nodes.flatMap((name) => networks.get(name) ?? []);
  try {
    if (node && !node.simulated) return await node.dial(at ?? node.address, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ECONNREFUSED') throw error;
  }
  return dialEndpoint(endpoints[Math.floor(random() * endpoints.length)]!, networks);
}

function dialEndpoint({ nodeName, address, port }: HostPort['endpoints'][number], networks: ReadonlyMap<string, NodeNetwork>): Promise<Duplex> {
  const network = (nodeName !== undefined && networks.get(nodeName)) || [...networks.values()][0];
  return network ? network.dial(address, port) : Promise.reject(new Error('there is no node'));
}
