import { isReason } from '../../../api/errors';
import type { KubeObject } from '../../../api/meta';
import type { Client, Resource } from '../../../client/client';
import { standardClass } from '../../../kinds/local-storage/local-storage';
import { gatewayDefinitions } from '../../../kinds/gateway.networking.k8s.io/definitions';
import { ownGatewayClass } from '../../../kinds/gateway.networking.k8s.io/own-class';
import { ownIngressClass } from '../../../kinds/networking.k8s.io/ingressclass/default-class';
import { apiEndpointSlice, apiEndpoints, apiService, authenticationConfig, type Authorities, dnsService, namespaceObject, namespaces, priorityClasses } from './objects';
import { ensurePolicy } from './policy';

export const core = (plural: string, namespaced = true): Resource => ({ group: '', version: 'v1', plural, namespaced });
export const endpointSlices: Resource = { group: 'discovery.k8s.io', version: 'v1', plural: 'endpointslices', namespaced: true };

const classes: Resource = { group: 'storage.k8s.io', version: 'v1', plural: 'storageclasses', namespaced: false };
const ingressClasses: Resource = { group: 'networking.k8s.io', version: 'v1', plural: 'ingressclasses', namespaced: false };
const definitions: Resource = { group: 'apiextensions.k8s.io', version: 'v1', plural: 'customresourcedefinitions', namespaced: false };
const gatewayClasses: Resource = { group: 'gateway.networking.k8s.io', version: 'v1', plural: 'gatewayclasses', namespaced: false };
const priorities: Resource = { group: 'scheduling.k8s.io', version: 'v1', plural: 'priorityclasses', namespaced: false };

/** Before any client is let in: the namespaces, the addresses that every pod is born knowing, the classes of what is critical, whom other API servers may trust, and who may do what. */
export async function createFirstObjects(client: Client, authorities: Authorities): Promise<void> {
  await Promise.all(namespaces.map((name) => ensure(client, core('namespaces', false), namespaceObject(name))));
  await Promise.all([
    ...[apiService, dnsService].map((service) => ensure(client, core('services'), service)),
    ensure(client, core('configmaps'), authenticationConfig(authorities)),
    ensure(client, classes, standardClass),
    ensure(client, ingressClasses, ownIngressClass),
    ...priorityClasses.map((priorityClass) => ensure(client, priorities, priorityClass)),
    ensurePolicy(client),
    ...gatewayDefinitions.map((definition) => ensure(client, definitions, definition)),
  ]);
}

/** Once the definitions are served. */
export const createGatewayClass = (client: Client): Promise<void> => ensure(client, gatewayClasses, ownGatewayClass);

/** Where pods find the API: the daemon's address as seen from the node. It changes with the engine's network. */
export async function publishApiAddress(client: Client, address: string, port: number): Promise<void> {
  await Promise.all([
    put(client, core('endpoints'), apiEndpoints(address, port)),
    put(client, endpointSlices, apiEndpointSlice(address, port)),
  ]);
}

/** Looks first: a create would ask for the object's own cluster IP a second time. */
export async function ensure<T extends KubeObject>(client: Client, resource: Resource, object: T): Promise<void> {
  const { name, namespace } = object.metadata;
  try {
    await client.get(resource, name, namespace);
  } catch (error) {
    if (!isReason(error, 'NotFound')) throw error;
    await client.create(resource, object);
  }
}

async function put<T extends KubeObject>(client: Client, resource: Resource, object: T): Promise<void> {
  try {
    await client.create(resource, object);
  } catch (error) {
    if (!isReason(error, 'AlreadyExists')) throw error;
    await client.update(resource, object);
  }
}
