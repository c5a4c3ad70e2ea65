import { isIP } from 'node:net';
import type { Namespace, Pod, Service } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { NetworkPolicy } from '../../../api/generated/networking.v1';
import type { RestClient } from '../../../client/http';
import type { ReachEnd, ReachInput } from '../../../kinds/reach';

const resources = {
  pods: { group: '', version: 'v1', plural: 'pods', namespaced: true },
  services: { group: '', version: 'v1', plural: 'services', namespaced: true },
  slices: { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespaced: true },
  namespaces: { group: '', version: 'v1', plural: 'namespaces', namespaced: false },
  policies: { group: 'networking.k8s.io', version: 'v1', plural: 'networkpolicies', namespaced: true },
} as const;

export const usage = 'name both ends: pod/NAME or an IP address, then pod/NAME:PORT, service/NAME or IP:PORT';

/** `pod/web` or an address. */
export async function endOf(client: RestClient, text: string, namespace: string): Promise<ReachEnd> {
  if (isIP(text)) return { address: text };
  const [, name] = /^(?:pods?|po)\/([^/]+)$/.exec(text) ?? [];
  if (!name) throw new Error(usage);
  const pod = await client.get<Pod>(resources.pods, name, namespace);
  if (!pod.status?.podIP) throw new Error(`pod/${name} has no address: it is ${pod.status?.phase ?? 'Pending'}`);
  return { pod };
}

/** A Service with what stands behind it. */
export async function serviceOf(client: RestClient, name: string, namespace: string): Promise<{ service: Service; slices: EndpointSlice[]; pods: Pod[] }> {
  const [service, slices, pods] = await Promise.all([
    client.get<Service>(resources.services, name, namespace),
    client.list<EndpointSlice>(resources.slices, { namespace, labelSelector: `kubernetes.io/service-name=${name}` }),
    client.list<Pod>(resources.pods, { namespace }),
  ]);
  return { service, slices: slices.items, pods: pods.items };
}

/** What decides between these ends, but for the connection itself. */
export async function lawOf(client: RestClient, ends: readonly ReachEnd[]): Promise<Pick<ReachInput, 'namespaces' | 'policies'>> {
  const spaces = [...new Set(ends.flatMap((end) => ('pod' in end ? [end.pod.metadata.namespace!] : [])))];
  const [namespaces, policies] = await Promise.all([
    Promise.all(spaces.map((name) => client.get<Namespace>(resources.namespaces, name))),
    Promise.all(spaces.map((namespace) => client.list<NetworkPolicy>(resources.policies, { namespace }))),
  ]);
  return { namespaces, policies: policies.flatMap(({ items }) => items) };
}
