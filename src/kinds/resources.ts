import type { Deployment, ReplicaSet } from '../api/generated/apps.v1';
import type { Lease } from '../api/generated/coordination.v1';
import type { ConfigMap, Endpoints, Event, Namespace, Node, Pod, Service, ServiceAccount } from '../api/generated/core.v1';
import type { EndpointSlice } from '../api/generated/discovery.v1';
import type { KubeObject } from '../api/meta';

declare const objectType: unique symbol;

/** Where objects of type T live, and what they call themselves. A `Kind` record is one. */
export interface ResourceRef<T extends KubeObject = KubeObject> {
  /** '' is the core group. */
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly namespaced: boolean;
  /** Never there: carries the type only. */
  readonly [objectType]?: T;
}

const ref = <T extends KubeObject>(group: string, version: string, kind: string, plural: string, namespaced = true): ResourceRef<T> =>
  ({ group, version, kind, plural, namespaced });

/* The resources that loops read and write: what a loop may know of another kind is where it lives and its type. */
export const deployments = ref<Deployment>('apps', 'v1', 'Deployment', 'deployments');
export const replicaSets = ref<ReplicaSet>('apps', 'v1', 'ReplicaSet', 'replicasets');
export const pods = ref<Pod>('', 'v1', 'Pod', 'pods');
export const services = ref<Service>('', 'v1', 'Service', 'services');
export const endpoints = ref<Endpoints>('', 'v1', 'Endpoints', 'endpoints');
export const endpointSlices = ref<EndpointSlice>('discovery.k8s.io', 'v1', 'EndpointSlice', 'endpointslices');
export const configMaps = ref<ConfigMap>('', 'v1', 'ConfigMap', 'configmaps');
export const serviceAccounts = ref<ServiceAccount>('', 'v1', 'ServiceAccount', 'serviceaccounts');
export const namespaces = ref<Namespace>('', 'v1', 'Namespace', 'namespaces', false);
export const nodes = ref<Node>('', 'v1', 'Node', 'nodes', false);
export const leases = ref<Lease>('coordination.k8s.io', 'v1', 'Lease', 'leases');
export const events = ref<Event>('', 'v1', 'Event', 'events');
