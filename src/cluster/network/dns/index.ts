import { readFile } from 'node:fs/promises';
import type { Clock, Random } from '../../../api/clock';
import type { Client } from '../../../client/client';
import type { ClusterState } from '../state';
import { publishDns } from './publish';
import { nameServers } from './resolv-conf';
import { createResolver } from './resolver';
import { startDnsServer, type DnsServer } from './server';
import { createUpstream } from './upstream';
import { namesView } from './view';

export interface ClusterDnsOptions {
  client: Client;
  state: ClusterState;
  /** Where nodes reach this process. */
  hostAddress: string;
  clusterDomain: string;
  clusterDNS: string;
  clock: Clock;
  random: Random;
}

const loopback = '127.0.0.1';

/** The cluster's name server, published as the endpoint of Service kube-system/kube-dns. */
export async function startClusterDns({ client, state, hostAddress, clusterDomain, clusterDNS, clock, random }: ClusterDnsOptions): Promise<DnsServer> {
  const upstream = createUpstream({ clock, servers: async () => nameServers(await readFile('/etc/resolv.conf', 'utf8').catch(() => '')) });
  const resolve = createResolver({ view: namesView(state), zone: { domain: clusterDomain, address: clusterDNS }, upstream, random });
  const server = await startDnsServer(hostAddress, resolve).catch((error: NodeJS.ErrnoException) => {
    // Docker Desktop's gateway is no address of this machine; it forwards to the loopback one.
    if (error.code !== 'EADDRNOTAVAIL') throw error;
    return startDnsServer(loopback, resolve);
  });
  // Nobody but this machine reaches a loopback address, and the API refuses it as an endpoint.
  if (hostAddress !== loopback) await publishDns(client, { address: hostAddress, port: server.port });
  return server;
}
