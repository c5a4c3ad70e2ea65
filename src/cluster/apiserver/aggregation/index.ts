import type { Kind } from '../../../kinds/kind';
import type { Identity } from '../outbound/agents';
import type { OutboundClient } from '../outbound/client';
import type { Registry } from '../registry/registry';
import { AvailabilityChecks } from './availability';
import { RemoteContents } from './contents';
import { AggregationProxy } from './proxy';
import { LocalRegistration } from './registration';
import { RemoteDiscovery } from './remote-discovery';
import { RemoteOpenApi } from './remote-openapi';
import { ApiServices } from './services';

export type { RemoteContents } from './contents';
export type { AggregationProxy } from './proxy';
export type { RemoteOpenApi } from './remote-openapi';

export interface AggregationOptions {
  readonly registry: Registry;
  readonly client: OutboundClient;
  readonly identity: Identity | undefined;
  readonly builtIn: readonly Kind[];
  log(line: string): void;
}

/** What other servers serve as if it were ours. */
export interface Aggregation {
  readonly proxy: AggregationProxy;
  readonly discovery: RemoteDiscovery;
  readonly openapi: RemoteOpenApi;
  readonly contents: RemoteContents;
  stop(): void;
}

/** Runs from now on. */
export function startAggregation({ registry, client, identity, builtIn, log }: AggregationOptions): Aggregation {
  const services = new ApiServices(registry.store);
  const shared = { services, client, identity, clock: registry.clock };
  const discovery = new RemoteDiscovery(shared);
  new LocalRegistration({ registry, services, builtIn, log }).start();
  const stops = [new AvailabilityChecks({ ...shared, registry, log }).start(), discovery.start()];
  const contents = new RemoteContents({ ...shared, discovery });
  return { discovery, contents, proxy: new AggregationProxy(shared), openapi: new RemoteOpenApi(shared), stop: () => stops.forEach((stop) => stop()) };
}
