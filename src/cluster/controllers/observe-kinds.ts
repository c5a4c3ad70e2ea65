import { groupVersion } from '../../api/meta';
import type { Handler, InformerSet } from '../../client/informer';
import type { KubeObject } from '../../api/meta';
import type { Kind } from '../../kinds/kind';
import type { KindSource } from './kind-source';

interface Options {
  readonly kinds: KindSource;
  readonly informers: InformerSet;
  isCollected(kind: Kind): boolean;
  handler(kind: Kind): Required<Handler<KubeObject>>;
}

export interface Observation {
  /** Of the kinds that were there at the beginning. */
  readonly synced: Promise<unknown>;
  stop(): void;
}

const nameOf = (kind: Kind) => `${groupVersion(kind)}/${kind.plural}`;

/** Feeds a handler with the objects of every kind there is. Those of a kind that goes are told as deleted. */
export function observeKinds({ kinds, informers, isCollected, handler }: Options): Observation {
  const observed = new Map<string, { unsubscribe(): void; gone(): void }>();

  function begin(kind: Kind): void {
    const own = handler(kind);
    const informer = informers.for<KubeObject>(kind);
    const unsubscribe = informer.subscribe(own);
    observed.set(nameOf(kind), {
      unsubscribe,
      gone() {
        unsubscribe();
        informers.release(kind);
        informer.list().forEach((object) => own.deleted(object));
      },
    });
  }

  function follow(): void {
    const present = new Map(kinds.all().filter(isCollected).map((kind) => [nameOf(kind), kind]));
    for (const [name, { gone }] of [...observed]) {
      if (present.has(name)) continue;
      observed.delete(name);
      gone();
    }
    for (const [name, kind] of present) if (!observed.has(name)) begin(kind);
  }

  follow();
  const synced = Promise.all(kinds.all().filter(isCollected).map((kind) => informers.for(kind).synced));
  const stopFollowing = kinds.subscribe(follow);
  return {
    synced,
    stop() {
      stopFollowing();
      for (const { unsubscribe } of observed.values()) unsubscribe();
    },
  };
}
