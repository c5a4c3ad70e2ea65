import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { systemClock } from '../../../src/api/clock';
import type { Secret } from '../../../src/api/generated/core.v1';
import { FakeClient } from '../../../src/client/fake';
import { createAuthority, issue, type CertifiedKey } from '../../../src/cluster/daemon/pki/certificates';
import { startNetwork, type Network } from '../../../src/cluster/network';
import { resources } from '../../../src/cluster/network/state';
import type { NodeNetwork } from '../../../src/runtime/port';
import { endpoint, service, slice } from './objects';

/** A network with its HTTP front on free ports, where pods are servers of this process. Secret `cert` is for secure.example.com. */
export interface EdgeNetwork {
  readonly client: FakeClient;
  readonly network: Network;
  readonly ca: CertifiedKey;
  /** Servers by `address:port`. */
  readonly pods: Map<string, Server>;
  /** A Service whose port 80 is port 8080 of these addresses. */
  expose(name: string, ...addresses: string[]): Promise<void>;
  stop(): Promise<void>;
}

export async function startEdgeNetwork(): Promise<EdgeNetwork> {
  const pods = new Map<string, Server>();
  const node: NodeNetwork = {
    address: '172.30.0.2', hostAddress: '127.0.0.1', applyRules: async () => undefined, forgetUdp: async () => undefined,
    dial: (address, port) => new Promise((resolve, reject) => {
      const server = pods.get(`${address}:${port}`);
      if (!server?.listening) return reject(Object.assign(new Error(`connect ECONNREFUSED ${address}:${port}`), { code: 'ECONNREFUSED' }));
      const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, () => resolve(socket)).once('error', reject);
    }),
  };
  const ca = await createAuthority('test', systemClock.now());
  const certificate = await issue(ca, { commonName: 'default', usage: 'server', dnsNames: ['localhost'] }, systemClock.now());
  const client = new FakeClient({ clock: systemClock, random: Math.random });
  const choice = { wanted: [] };
  const network = await startNetwork({
    client, networks: new Map([['n1', node]]), clock: systemClock, random: Math.random, clusterDomain: 'cluster.local', clusterDNS: '10.96.0.10', listenOnHost: false,
    edge: { http: choice, https: choice, certificate }, log: () => undefined,
  });
  const secure = await issue(ca, { commonName: 'secure', usage: 'server', dnsNames: ['secure.example.com'] }, systemClock.now());
  const data = Object.fromEntries([['tls.crt', secure.cert], ['tls.key', secure.key]].map(([name, value]) => [name, Buffer.from(value!).toString('base64')]));
  await client.create(resources.secrets, { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'cert', namespace: 'default' }, type: 'kubernetes.io/tls', data } as unknown as Secret);
  return {
    client, network, ca, pods,
    async expose(name, ...addresses) {
      await client.create(resources.endpointSlices, slice(name, [{ name: '', port: 8080 }], addresses.map((address) => endpoint(address))));
      await client.create(resources.services, service(name, { clusterIP: '10.96.1.1', ports: [{ port: 80 }] }));
    },
    async stop() {
      await network.stop();
      for (const server of pods.values()) server.close();
    },
  };
}
