import type { Clock, Random } from '../../api/clock';
import type { InformerSet } from '../../client/informer';
import type { Client } from '../../client/client';
import { createRecorder } from '../../client/record';
import type { NodeNetwork } from '../../runtime/port';
import { startClusterDns } from './dns/index';
import { startNodePorts } from './host/node-ports';
import { startServiceProxy } from './rules/proxy';
import { watchCluster } from './state';

export interface NetworkOptions {
  client: Client;
  /** By node name; the first one is the way in from this machine. */
  networks: ReadonlyMap<string, NodeNetwork>;
  clock: Clock;
  random: Random;
  /** `cluster.local` */
  clusterDomain: string;
  /** Cluster IP of the name server. */
  clusterDNS: string;
  /** Open node ports on this machine. */
  listenOnHost: boolean;
  log: (line: string) => void;
  /** Shared with other loops; the network makes its own where none is given. */
  informers?: InformerSet;
}

export interface Network {
  /** Ends the loops and servers; the rules stay in the nodes. */
  stop(): Promise<void>;
}

/**
 * What makes Services work: rules in each node, names, node ports on this machine. Resolves when the name server
 * answers and the first objects are known; rules follow within milliseconds.
 */
export async function startNetwork(options: NetworkOptions): Promise<Network> {
  const { client, networks, clock, random, clusterDomain, clusterDNS, log } = options;
  const state = watchCluster(options);
  const recorder = createRecorder({ client, clock, log, component: 'service-proxy' });
  const ends: (() => Promise<void>)[] = [];
  const stop = async () => {
    await Promise.all(ends.map((end) => end()));
    state.stop();
    await recorder.idle();
  };
  try {
    await state.synced();
    const dns = await startClusterDns({ client, state, hostAddress: dnsHost(networks), clusterDomain, clusterDNS, clock, random });
    ends.push(() => dns.close());
    for (const [nodeName, network] of networks) ends.push(startServiceProxy({ state, nodeName, network, clock, log }));
    if (options.listenOnHost) ends.push(startNodePorts({ state, networks, clock, random, recorder, log }));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Nodes of one engine share a gateway; simulated ones need no name server, so any other node's address goes first. */
function dnsHost(networks: ReadonlyMap<string, NodeNetwork>): string {
  const addresses = [...networks.values()].map(({ hostAddress }) => hostAddress);
  return addresses.find((address) => address !== '127.0.0.1') ?? '127.0.0.1';
}
