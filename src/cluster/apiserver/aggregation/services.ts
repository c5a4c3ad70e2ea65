import type { APIService } from '../../../api/generated/apiregistration.v1';
import type { Store } from '../../store';

export const apiServicePrefix = 'apiregistration.k8s.io/apiservices/';

/** An APIService whose version another server serves. */
export type RemoteService = APIService & { readonly spec: { readonly service: { readonly namespace: string; readonly name: string; readonly port: number } } };

export const isRemote = (service: APIService): service is RemoteService => service.spec.service !== undefined;

/** The APIServices as they are now. */
export class ApiServices {
  readonly #listeners = new Set<() => void>();
  #byName: ReadonlyMap<string, APIService> | undefined;

  constructor(private readonly store: Store) {
    store.watch(apiServicePrefix, store.revision, () => {
      this.#byName = undefined;
      for (const listener of this.#listeners) listener();
    });
  }

  /** Calls after every change from now on. */
  subscribe(listener: () => void): void {
    this.#listeners.add(listener);
  }

  get(name: string): APIService | undefined {
    return this.#read().get(name);
  }

  all(): APIService[] {
    return [...this.#read().values()];
  }

  remotes(): RemoteService[] {
    return this.all().filter(isRemote);
  }

  /** The service of a version that another server serves. */
  remote(group: string, version: string): RemoteService | undefined {
    const service = this.get(`${version}.${group}`);
    return service && isRemote(service) ? service : undefined;
  }

  #read(): ReadonlyMap<string, APIService> {
    return (this.#byName ??= new Map(this.store.list(apiServicePrefix).entries
      .map(({ object }) => object as unknown as APIService).map((service) => [service.metadata.name!, service])));
  }
}
