import type { Clock } from '../../../api/clock';
import { groupVersion } from '../../../api/meta';
import { availability } from '../../../kinds/apiregistration.k8s.io/apiservice/kind';
import type { RemoteEntry } from '../discovery/aggregated';
import type { Identity } from '../outbound/agents';
import type { OutboundClient } from '../outbound/client';
import { aggregatedResources, type LegacyResource } from './legacy-resources';
import { aggregator, peerOf, userHeaders } from './peer';
import { Rounds } from './rounds';
import type { ApiServices, RemoteService } from './services';

export interface DiscoveryOptions {
  readonly services: ApiServices;
  readonly client: OutboundClient;
  readonly identity: Identity | undefined;
  readonly clock: Clock;
}

const everyMs = 60_000;
const timeoutMs = 5000;
const accepted = ['v2', 'v2beta1'].map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`).join(',');

interface Known {
  readonly resources: readonly object[];
  readonly freshness: RemoteEntry['freshness'];
}

const unknown: Known = { resources: [], freshness: 'Stale' };

/** What the servers behind APIServices serve: asked when an APIService changes, and every minute. Source: handler_discovery.go. */
export class RemoteDiscovery {
  readonly #known = new Map<string, Known>();

  constructor(private readonly options: DiscoveryOptions) {}

  /** Returns the function that ends it. */
  start(): () => void {
    const { services, clock } = this.options;
    const rounds = new Rounds(() => this.#askAll(), clock, everyMs);
    services.subscribe(() => rounds.wake());
    rounds.start();
    return () => rounds.stop();
  }

  entries(): RemoteEntry[] {
    return this.options.services.remotes().map(({ metadata: { name }, spec: { group = '', version = '', groupPriorityMinimum, versionPriority } }) => ({
      group, version, groupPriority: groupPriorityMinimum, versionPriority, ...(this.#known.get(name!) ?? unknown),
    }));
  }

  async #askAll(): Promise<void> {
    const remotes = this.options.services.remotes();
    for (const name of [...this.#known.keys()]) if (!remotes.some(({ metadata }) => metadata.name === name)) this.#known.delete(name);
    await Promise.all(remotes.map(async (service) => {
      this.#known.set(service.metadata.name!, await this.#ask(service).catch(() => this.#stale(service)));
    }));
  }

  /** What was known before may still be right. */
  #stale({ metadata: { name } }: RemoteService): Known {
    return { ...(this.#known.get(name!) ?? unknown), freshness: 'Stale' };
  }

  async #ask(service: RemoteService): Promise<Known> {
    if (availability(service)?.status !== 'True') throw new Error('service unavailable');
    const { group = '', version = '' } = service.spec;
    const aggregated = await this.#get(service, '/apis', accepted);
    if (isAggregated(aggregated?.type)) return { resources: versionIn(aggregated!.value as GroupList, group, version), freshness: 'Current' };
    const legacy = await this.#get(service, `/apis/${groupVersion({ group, version })}`, 'application/json');
    if (!legacy) throw new Error('no discovery');
    return { resources: aggregatedResources((legacy.value as { resources?: LegacyResource[] }).resources ?? [], { group, version }), freshness: 'Current' };
  }

  /** Undefined for an answer that is none. */
  async #get(service: RemoteService, path: string, accept: string): Promise<{ type: string; value: unknown } | undefined> {
    const { client, identity } = this.options;
    const { code, headers, body } = await client.ask(peerOf(service, identity), { method: 'GET', path, headers: { accept, ...userHeaders(aggregator) } }, timeoutMs);
    return code === 200 ? { type: headers['content-type'] ?? '', value: JSON.parse(body.toString()) } : undefined;
  }
}

const isAggregated = (type: string | undefined) => /;\s*as=APIGroupDiscoveryList/.test(type ?? '') && /;\s*g=apidiscovery\.k8s\.io/.test(type ?? '');

interface GroupList {
  readonly items?: readonly { readonly metadata?: { readonly name?: string }; readonly versions?: readonly { readonly version: string; readonly resources?: readonly object[] }[] }[];
}

const versionIn = ({ items = [] }: GroupList, group: string, version: string): readonly object[] =>
  items.find(({ metadata }) => (metadata?.name ?? '') === group)?.versions?.find((one) => one.version === version)?.resources ?? [];
