import { timestamp } from '../../../api/clock';
import { deepEqual } from '../../../api/equal';
import { isReason } from '../../../api/errors';
import type { APIService, APIServiceCondition } from '../../../api/generated/apiregistration.v1';
import type { Endpoints, Service } from '../../../api/generated/core.v1';
import { quote } from '../../../api/go/quote';
import type { Unstructured } from '../../../api/meta';
import { availability, localCondition } from '../../../kinds/apiregistration.k8s.io/apiservice/kind';
import { isStoreError } from '../../store';
import type { Identity } from '../outbound/agents';
import type { OutboundClient } from '../outbound/client';
import { serverContext as context } from '../registry/context';
import type { Registry } from '../registry/registry';
import { updateEntry } from '../registry/update';
import { addressOf, aggregator, peerOf, userHeaders } from './peer';
import { Rounds } from './rounds';
import { isRemote, type ApiServices, type RemoteService } from './services';

export interface AvailabilityOptions {
  readonly registry: Registry;
  readonly services: ApiServices;
  readonly client: OutboundClient;
  readonly identity: Identity | undefined;
  log(line: string): void;
}

const resyncMs = 30_000;
const probeTimeoutMs = 5000;
const attempts = 5;

type Told = Pick<APIServiceCondition, 'status' | 'reason' | 'message'>;

/**
 * Finds out whether the servers behind APIServices answer: when one of them, its Service or endpoints change, and every
 * now and then. Source: controllers/status/{local,remote}.
 */
export class AvailabilityChecks {
  constructor(private readonly options: AvailabilityOptions) {}

  /** Returns the function that ends it. */
  start(): () => void {
    const { registry: { store, clock }, services } = this.options;
    const rounds = new Rounds(async () => {
      await Promise.all(services.all().map((service) => this.#check(service)));
    }, clock, resyncMs);
    services.subscribe(() => rounds.wake());
    const stops = ['/services/', '/endpoints/'].map((prefix) => store.watch(prefix, store.revision, () => rounds.wake()));
    rounds.start();
    return () => [() => rounds.stop(), ...stops].forEach((stop) => stop());
  }

  async #check(service: APIService): Promise<void> {
    try {
      if (isRemote(service)) await this.#write(service, await this.#judge(service));
      else if (availability(service)?.reason !== 'Local') await this.#write(service, localCondition(this.options.registry.clock.now()));
    } catch (error) {
      if (!isReason(error, 'Conflict', 'NotFound') && !isStoreError(error, 'Closed')) this.options.log(`APIService ${service.metadata.name}: ${String(error)}`);
    }
  }

  async #judge(service: RemoteService): Promise<Told> {
    const { store } = this.options.registry;
    const { namespace, name } = service.spec.service;
    const found = store.get(`/services/${namespace}/${name}`)?.object as Service | undefined;
    const wrong = serviceProblem(service, found, store.get(`/endpoints/${namespace}/${name}`)?.object as Endpoints | undefined);
    if (wrong) return { status: 'False', ...wrong };
    // One of several endpoints may be out of order.
    const failure = await this.#probe(service) && await this.#probeRest(service);
    return failure ? { status: 'False', reason: 'FailedDiscoveryCheck', message: failure } : { status: 'True', reason: 'Passed', message: 'all checks passed' };
  }

  async #probeRest(service: RemoteService): Promise<string | undefined> {
    const failures = await Promise.all(Array.from({ length: attempts - 1 }, () => this.#probe(service)));
    return failures.includes(undefined) ? undefined : failures[0];
  }

  /** What is wrong with its answer; undefined when nothing is. */
  async #probe(service: RemoteService): Promise<string | undefined> {
    const { client, identity, registry: { store } } = this.options;
    const { group, version } = service.spec;
    const path = group ? `/apis/${group}/${version}` : `/api/${version}`;
    const url = `${addressOf(store, service)}${path}`;
    // Whoever answers instead can but lie about being there.
    const { caBundle: _, ...peer } = peerOf(service, identity);
    const failing = (why: string) => `failing or missing response from ${url}: ${why}`;
    try {
      const { code } = await client.ask({ ...peer, insecure: true }, { method: 'GET', path, headers: { ...userHeaders(aggregator), 'user-agent': 'Go-http-client/1.1' } }, probeTimeoutMs);
      return code >= 200 && code < 300 ? undefined : failing(`bad status from ${url}: ${code}`);
    } catch (error) {
      return failing(`Get ${quote(url)}: ${(error as Error).message}`);
    }
  }

  async #write(service: APIService, told: Told): Promise<void> {
    const { registry } = this.options;
    const old = availability(service);
    const nowMs = registry.clock.now();
    const lastTransitionTime = old?.status === told.status ? old.lastTransitionTime! : timestamp(nowMs);
    const condition: APIServiceCondition = { type: 'Available', status: told.status, lastTransitionTime, reason: told.reason!, message: told.message! };
    if (deepEqual(condition, old)) return;
    const kind = registry.kinds.find({ group: 'apiregistration.k8s.io', version: 'v1', resource: 'apiservices' })!;
    const conditions = [...(service.status?.conditions ?? []).filter(({ type }) => type !== 'Available'), condition];
    const { name, resourceVersion } = service.metadata;
    await updateEntry(registry, kind, undefined, name!, (current): Unstructured =>
      ({ ...current!, metadata: { ...current!.metadata, resourceVersion: resourceVersion! }, status: { conditions } }), { part: 'status', subresource: 'status' }, context);
  }
}

/** What keeps the Service from leading anywhere. Pure. */
export function serviceProblem({ spec }: RemoteService, service: Service | undefined, endpoints: Endpoints | undefined): Omit<Told, 'status'> | undefined {
  const { namespace, name, port } = spec.service;
  const where = `service/${name} in ${quote(namespace)}`;
  if (!service) return { reason: 'ServiceNotFound', message: `${where} is not present` };
  if ((service.spec.type ?? 'ClusterIP') !== 'ClusterIP') return undefined;
  const served = service.spec.ports?.find((candidate) => candidate.port === port);
  if (!served) return { reason: 'ServicePortError', message: `${where} is not listening on port ${port}` };
  if (!endpoints) return { reason: 'EndpointsNotFound', message: `cannot find endpoints for ${where}` };
  const portName = served.name ?? '';
  const isThere = endpoints.subsets?.some(({ addresses, ports }) => addresses?.length && ports?.some((one) => (one.name ?? '') === portName));
  return isThere ? undefined : { reason: 'MissingEndpoints', message: `endpoints for ${where} have no addresses with port name ${quote(portName)}` };
}
