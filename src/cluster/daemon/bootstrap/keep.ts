import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Endpoints } from '../../../api/generated/core.v1';
import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Client } from '../../../client/client';
import { core, endpointSlices, ensure, publishApiAddress } from './first';
import { apiEndpointSlice, apiEndpoints, apiService, namespaceObject, namespaces } from './objects';

/** Of k8s.io/kubernetes/pkg/controlplane/controller/kubernetesservice. */
const everyMs = 10_000;

export interface KeepOptions {
  readonly client: Client;
  readonly clock: Clock;
  readonly log: (line: string) => void;
  /** Where pods find the API, once that is known. */
  readonly published: () => { readonly address: string; readonly port: number } | undefined;
}

/**
 * Makes the namespaces and the Service that every cluster has anew where somebody deleted them, and puts the Service's
 * endpoints right. Returns the function that ends it.
 */
export function keepFirstObjects(options: KeepOptions): () => Promise<void> {
  const { clock, log } = options;
  let look = Promise.resolve();
  let isStopped = false;
  let cancel = () => {};
  const next = () => {
    if (!isStopped) cancel = clock.schedule(everyMs, () => {
      look = keep(options).catch((error: unknown) => log(`cannot keep what every cluster has: ${String(error)}`)).then(next);
    });
  };
  next();
  return () => {
    isStopped = true;
    cancel();
    return look;
  };
}

async function keep({ client, published }: KeepOptions): Promise<void> {
  await Promise.all(namespaces.map((name) => ensure(client, core('namespaces', false), namespaceObject(name))));
  await ensure(client, core('services'), apiService);
  const at = published();
  if (at && !await isPublished(client, at.address, at.port)) await publishApiAddress(client, at.address, at.port);
}

async function isPublished(client: Client, address: string, port: number): Promise<boolean> {
  const { name, namespace } = apiService.metadata;
  const [endpoints, slice] = await Promise.all([
    orNone(client.get<Endpoints>(core('endpoints'), name, namespace)), orNone(client.get<EndpointSlice>(endpointSlices, name, namespace)),
  ]);
  const expected = apiEndpointSlice(address, port);
  return isDeepStrictEqual(endpoints?.subsets, apiEndpoints(address, port).subsets)
    && isDeepStrictEqual(slice?.endpoints, expected.endpoints) && isDeepStrictEqual(slice?.ports, expected.ports);
}

const orNone = <T>(got: Promise<T>): Promise<T | undefined> => got.catch((error: unknown) => {
  if (!isReason(error, 'NotFound')) throw error;
  return undefined;
});
