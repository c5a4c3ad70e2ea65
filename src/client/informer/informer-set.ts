import { qualifiedResource } from '../../api/errors';
import type { KubeObject } from '../../api/meta';
import type { Resource } from '../client';
import { createInformer, type Informer } from './informer';
import type { ListWatchOptions } from './list-watch';

export type InformerSetOptions = Pick<ListWatchOptions, 'client' | 'clock' | 'random' | 'log'>;

/** One informer per resource for a whole process, started when first asked for. */
export interface InformerSet {
  for<T extends KubeObject>(resource: Resource): Informer<T>;
  /** The informer if somebody has asked for it already. */
  started<T extends KubeObject>(resource: Resource): Informer<T> | undefined;
  /** Ends the informer of a resource that is not served any more, if there is one. */
  release(resource: Resource): void;
  /** Resolves when all informers started so far have their first list. */
  synced(): Promise<void>;
  /** Ends all of them; no timer remains. */
  stop(): void;
}

export function createInformerSet(options: InformerSetOptions): InformerSet {
  const informers = new Map<string, Informer<KubeObject>>();
  const controllers = new Map<string, AbortController>();
  let stopped = false;
  const stopReason = () => new Error('the informers were stopped');
  const nameOf = (resource: Resource) => `${qualifiedResource(resource)}/${resource.version}`;
  const started = <T extends KubeObject>(resource: Resource) => informers.get(nameOf(resource)) as Informer<T> | undefined;
  return {
    started,
    for<T extends KubeObject>(resource: Resource): Informer<T> {
      const known = started<T>(resource);
      if (known) return known;
      const controller = new AbortController();
      if (stopped) controller.abort(stopReason());
      controllers.set(nameOf(resource), controller);
      const informer = createInformer<T>({ ...options, resource }, controller.signal);
      informers.set(nameOf(resource), informer as unknown as Informer<KubeObject>);
      return informer;
    },
    release(resource) {
      const name = nameOf(resource);
      controllers.get(name)?.abort(stopReason());
      controllers.delete(name);
      informers.delete(name);
    },
    async synced() {
      await Promise.all([...informers.values()].map((informer) => informer.synced));
    },
    stop() {
      stopped = true;
      const reason = stopReason();
      for (const controller of controllers.values()) controller.abort(reason);
    },
  };
}
