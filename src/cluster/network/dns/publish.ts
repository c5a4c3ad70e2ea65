import { isReason } from '../../../api/errors';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Client } from '../../../client/client';
import { resources } from '../state';

export interface DnsAddress {
  address: string;
  port: number;
}

/** Makes the name server the endpoint of Service kube-system/kube-dns, which gives it its cluster IP. */
export async function publishDns(client: Client, { address, port }: DnsAddress): Promise<void> {
  const slice = dnsEndpointSlice(address, port);
  try {
    await client.create(resources.endpointSlices, slice);
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
    await client.update(resources.endpointSlices, slice);
  }
}

const dnsEndpointSlice = (address: string, port: number): EndpointSlice => ({
  apiVersion: 'discovery.k8s.io/v1',
  kind: 'EndpointSlice',
  metadata: { name: 'kube-dns', namespace: 'kube-system', labels: { 'kubernetes.io/service-name': 'kube-dns' } },
  addressType: 'IPv4',
  endpoints: [{ addresses: [address], conditions: { ready: true } }],
  ports: [{ name: 'dns', protocol: 'UDP', port }, { name: 'dns-tcp', protocol: 'TCP', port }],
});
