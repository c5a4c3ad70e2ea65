import type { Clock, Random } from '../../api/clock';
import type { Pod } from '../../api/generated/core.v1';
import type { InformerSet } from '../../client/informer';
import type { Client } from '../../client/client';
import { createRecorder } from '../../client/record';
import type { NodeNetwork } from '../../runtime/port';
import { startEdge, type EdgePorts, type EdgeSettings } from './edge';
import { startClusterDns } from './dns/index';
import { startNodePorts } from './host/node-ports';
import { policyView } from './policy/view';
import { startReasons } from './reasons';
import { startServiceProxy, type ServiceProxy } from './rules/proxy';
import { watchCluster } from './state';
import { withdrawal } from './withdrawal';

export type { EdgeSettings, PortChoice } from './edge';

export interface NetworkOptions {
  client: Client;
  /** By node name, as they are now; the first one is the way in from this machine. */
  networks: ReadonlyMap<string, NodeNetwork>;
  clock: Clock;
  random: Random;
  /** `cluster.local` */
  clusterDomain: string;
  /** Cluster IP of the name server. */
  clusterDNS: string;
  /** Open node ports on this machine. */
  listenOnHost: boolean;
  /** Serve Ingresses on this machine. */
  edge?: EdgeSettings;
  log: (line: string) => void;
  /** Shared with other loops; the network makes its own where none is given. */
  informers?: InformerSet;
}

export interface Network {
  /** Where Ingresses are served. */
  readonly edgePorts?: EdgePorts;
  /** A node came, which stands in `networks` already. */
  nodeAdded(name: string): Promise<void>;
  nodeRemoved(name: string): Promise<void>;
  /** Resolves when no Service leads new connections to a pod that ends; after a second at the latest. */
  untilWithdrawn(pod: Pod): Promise<void>;
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
  const policies = policyView(state);
  const recorder = createRecorder({ client, clock, log, component: 'service-proxy' });
  const ingressRecorder = createRecorder({ client, clock, log, component: 'ingress-controller' });
  const ends: (() => Promise<void>)[] = [];
  const proxies = new Map<string, ServiceProxy>();
  const startProxy = (nodeName: string) => {
    const network = networks.get(nodeName);
    if (network && !network.simulated) proxies.set(nodeName, startServiceProxy({ state, policies, nodeName, network, clock, log }));
  };
  const names = new Names((hostAddress) => startClusterDns({ client, state, hostAddress, clusterDomain, clusterDNS, clock, random }));
  const stop = async () => {
    await Promise.all([...ends, ...[...proxies.values()].map((proxy) => () => proxy.stop()), () => names.close()].map((end) => end()));
    policies.stop();
    state.stop();
    await Promise.all([recorder.idle(), ingressRecorder.idle()]);
  };
  try {
    await state.synced();
    await names.serveAt(dnsHost(networks));
    for (const nodeName of networks.keys()) startProxy(nodeName);
    ends.push(startReasons({ client, state, clock, log }));
    const edge = options.edge && await startEdge(options.edge, { client, state, networks, clock, random, recorder: ingressRecorder, log });
    if (edge) ends.push(() => edge.stop());
    if (options.listenOnHost) ends.push(startNodePorts({ client, state, networks, clock, random, recorder, log }));
    return {
      ...(edge && { edgePorts: edge.ports }),
      stop,
      untilWithdrawn: withdrawal({ state, proxies: () => proxies.values(), clock }),
      async nodeAdded(name) {
        await names.serveAt(dnsHost(networks));
        startProxy(name);
      },
      async nodeRemoved(name) {
        const proxy = proxies.get(name);
        proxies.delete(name);
        await proxy?.stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The name server, at the one address where it is needed. */
class Names {
  private current: { readonly hostAddress: string; readonly dns: { close(): Promise<void> } } | undefined;

  constructor(private readonly start: (hostAddress: string) => Promise<{ close(): Promise<void> }>) {}

  async serveAt(hostAddress: string): Promise<void> {
    if (this.current?.hostAddress === hostAddress) return;
    await this.close();
    this.current = { hostAddress, dns: await this.start(hostAddress) };
  }

  async close(): Promise<void> {
    await this.current?.dns.close();
    this.current = undefined;
  }
}

/** Nodes of one engine share a gateway; simulated ones need no name server, so any other node's address goes first. */
function dnsHost(networks: ReadonlyMap<string, NodeNetwork>): string {
  const addresses = [...networks.values()].map(({ hostAddress }) => hostAddress);
  return addresses.find((address) => address !== '127.0.0.1') ?? '127.0.0.1';
}
