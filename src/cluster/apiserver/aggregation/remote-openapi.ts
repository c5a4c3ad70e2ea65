import type { Clock } from '../../../api/clock';
import { groupVersion } from '../../../api/meta';
import { availability } from '../../../kinds/apiregistration.k8s.io/apiservice/kind';
import type { UserInfo } from '../authn/user';
import type { Identity } from '../outbound/agents';
import type { OutboundClient } from '../outbound/client';
import { peerOf, userHeaders } from './peer';
import type { ApiServices, RemoteService } from './services';
import { partOf, type Document } from './merge-openapi';

export interface RemoteOpenApiOptions {
  readonly services: ApiServices;
  readonly client: OutboundClient;
  readonly identity: Identity | undefined;
  readonly clock: Clock;
}

/** How long an answer is good. Source: successfulUpdateDelay of the openapi controllers. */
const freshMs = 60_000;
const timeoutMs = 5000;
const asker: UserInfo = { name: 'system:aggregator', groups: [] };

export interface V3Paths {
  readonly [path: string]: { readonly serverRelativeURL: string };
}

/** The documents of the servers behind APIServices. Those that give none are left out. Source: controllers/openapi and openapiv3. */
export class RemoteOpenApi {
  readonly #kept = new Map<string, { untilMs: number; value: Promise<unknown> }>();

  constructor(private readonly options: RemoteOpenApiOptions) {
    options.services.subscribe(() => this.#kept.clear());
  }

  /** Their part of the index of /openapi/v3. */
  async v3Paths(): Promise<V3Paths> {
    const found = await Promise.all(this.#available().map(async (service): Promise<V3Paths> => {
      const { paths } = (await this.#kept3(service)) ?? {};
      const key = `apis/${groupVersion({ group: service.spec.group!, version: service.spec.version! })}`;
      return paths?.[key] ? { [key]: paths[key] } : {};
    }));
    return Object.assign({}, ...found) as V3Paths;
  }

  /** The document of /openapi/v3/apis/<group>/<version>; undefined where no other server gives one. */
  async v3(apiVersion: string): Promise<Document | undefined> {
    const [group = '', version = ''] = apiVersion.split('/');
    const service = this.options.services.remote(group, version);
    return service && isAvailable(service) ? await this.#get(service, `/openapi/v3/apis/${apiVersion}`) as Document | undefined : undefined;
  }

  /** Their documents of version 2, each with the paths of its APIService alone. */
  async v2(): Promise<Document[]> {
    const found = await Promise.all(this.#available().map(async (service) => {
      const document = await this.#keep(`2 ${service.metadata.name}`, () => this.#get(service, '/openapi/v2')) as Document | undefined;
      return document && partOf(document, `/apis/${groupVersion({ group: service.spec.group!, version: service.spec.version! })}/`);
    }));
    return found.filter((document) => document !== undefined);
  }

  #available(): RemoteService[] {
    return this.options.services.remotes().filter(isAvailable);
  }

  #kept3 = (service: RemoteService) => this.#keep(`3 ${service.metadata.name}`, () => this.#get(service, '/openapi/v3')) as Promise<{ paths?: V3Paths } | undefined>;

  #keep(key: string, get: () => Promise<unknown>): Promise<unknown> {
    const nowMs = this.options.clock.now();
    const kept = this.#kept.get(key);
    if (kept && kept.untilMs > nowMs) return kept.value;
    const value = get();
    this.#kept.set(key, { untilMs: nowMs + freshMs, value });
    return value;
  }

  async #get(service: RemoteService, path: string): Promise<unknown> {
    const { client, identity } = this.options;
    try {
      const { code, body } = await client.ask(peerOf(service, identity), { method: 'GET', path, headers: { accept: 'application/json', ...userHeaders(asker) } }, timeoutMs);
      return code === 200 ? JSON.parse(body.toString()) as unknown : undefined;
    } catch {
      return undefined;
    }
  }
}

const isAvailable = (service: RemoteService) => availability(service)?.status === 'True';
