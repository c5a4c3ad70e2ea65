import type { Clock, Random } from '../../api/clock';
import type { Namespace, Node, Pod, Secret, Service } from '../../api/generated/core.v1';
import type { EndpointSlice } from '../../api/generated/discovery.v1';
import type { Ingress, IngressClass, NetworkPolicy } from '../../api/generated/networking.v1';
import type { KubeObject } from '../../api/meta';
import type { Client, Resource } from '../../client/client';
import { createInformerSet, type Informer, type InformerSet } from '../../client/informer';

export const resources = {
  services: { group: '', version: 'v1', plural: 'services', namespaced: true },
  nodes: { group: '', version: 'v1', plural: 'nodes', namespaced: false },
  namespaces: { group: '', version: 'v1', plural: 'namespaces', namespaced: false },
  pods: { group: '', version: 'v1', plural: 'pods', namespaced: true },
  networkPolicies: { group: 'networking.k8s.io', version: 'v1', plural: 'networkpolicies', namespaced: true },
  secrets: { group: '', version: 'v1', plural: 'secrets', namespaced: true },
  ingresses: { group: 'networking.k8s.io', version: 'v1', plural: 'ingresses', namespaced: true },
  ingressClasses: { group: 'networking.k8s.io', version: 'v1', plural: 'ingressclasses', namespaced: false },
  endpointSlices: { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespaced: true },
} as const satisfies Record<string, Resource>;

/** The objects that the network is made from, as local copies. */
export interface ClusterState {
  readonly services: Informer<Service>;
  readonly endpointSlices: Informer<EndpointSlice>;
  readonly nodes: Informer<Node>;
  readonly namespaces: Informer<Namespace>;
  readonly pods: Informer<Pod>;
  readonly networkPolicies: Informer<NetworkPolicy>;
  readonly secrets: Informer<Secret>;
  readonly ingresses: Informer<Ingress>;
  readonly ingressClasses: Informer<IngressClass>;
  /** Of a kind that may not be served, and that nobody waits for. */
  watch<T extends KubeObject>(resource: Resource): Informer<T>;
  /** Resolves when all have their first list. */
  synced(): Promise<void>;
  stop(): void;
}

export interface StateOptions {
  client: Client;
  clock: Clock;
  random: Random;
  log: (line: string) => void;
  /** Shared with other loops, and stopped by whoever made it. */
  informers?: InformerSet;
}

export function watchCluster(options: StateOptions): ClusterState {
  const informers = options.informers ?? createInformerSet(options);
  const copies = {
    services: informers.for<Service>(resources.services),
    endpointSlices: informers.for<EndpointSlice>(resources.endpointSlices),
    nodes: informers.for<Node>(resources.nodes),
    namespaces: informers.for<Namespace>(resources.namespaces),
    pods: informers.for<Pod>(resources.pods),
    networkPolicies: informers.for<NetworkPolicy>(resources.networkPolicies),
    secrets: informers.for<Secret>(resources.secrets),
    ingresses: informers.for<Ingress>(resources.ingresses),
    ingressClasses: informers.for<IngressClass>(resources.ingressClasses),
  };
  return {
    ...copies,
    watch: (resource) => informers.for(resource),
    async synced() {
      await Promise.all(Object.values(copies).map((informer) => informer.synced));
    },
    stop() {
      if (!options.informers) informers.stop();
    },
  };
}

/** Any change of any object; returns the function that ends it. */
export function onAnyChange<T extends KubeObject>(informer: Informer<T>, changed: (object: T, old?: T) => void): () => void {
  return informer.subscribe({ added: (object) => changed(object), updated: changed, deleted: (object) => changed(object) });
}
