import type { Unstructured } from '../api/meta';
import type { Resource, WatchEvent } from '../client/client';
import type { Session } from './session';
import { failingOnInterrupt } from './session/interrupt';

/** Which object; an `Info` is one. */
export interface ObjectReference {
  readonly resource: Resource;
  readonly namespace: string;
  readonly name: string;
}

/** `absent` comes at most once and first: there was no such object when the watch began. */
export type ObjectEvent = { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: Unstructured } | { type: 'absent' };

/**
 * What becomes of one object, beginning with what it is now. When the server ends the watch, it is begun again and
 * what was missed in between is told. Ends without an error when the signal aborts.
 * After k8s.io/client-go/tools/watch.UntilWithSync.
 */
export async function* watchObject(session: Session, { resource, namespace, name }: ObjectReference, signal: AbortSignal): AsyncGenerator<ObjectEvent> {
  const client = await session.client();
  const selection = { ...(namespace && { namespace }), fieldSelector: `metadata.name=${name}`, signal };
  let known: Unstructured | undefined;
  for (let first = true; !signal.aborted; first = false) {
    const { items, metadata } = await client.list<Unstructured>(resource, selection);
    const now = items.find((item) => item.metadata.name === name);
    const change = changeBetween(known, now, first);
    if (change) yield change;
    known = now;
    for await (const event of client.watch<Unstructured>(resource, { ...selection, resourceVersion: metadata.resourceVersion ?? '' })) {
      if (!isAbout(name, event)) continue;
      known = event.type === 'DELETED' ? undefined : event.object;
      yield event;
    }
  }
}

function changeBetween(before: Unstructured | undefined, now: Unstructured | undefined, first: boolean): ObjectEvent | undefined {
  if (!now) return before ? { type: 'DELETED', object: before } : first ? { type: 'absent' } : undefined;
  if (!before) return { type: 'ADDED', object: now };
  return before.metadata.resourceVersion === now.metadata.resourceVersion ? undefined : { type: 'MODIFIED', object: now };
}

const isAbout = (name: string, event: WatchEvent<Unstructured>): event is Exclude<WatchEvent<Unstructured>, { type: 'BOOKMARK' }> =>
  event.type !== 'BOOKMARK' && event.object.metadata.name === name;

/** Runs `use` with a signal that aborts after `timeoutMs` (0: never) or when the session ends; tells whether time ran out. */
export async function withDeadline<T>(session: Session, timeoutMs: number, use: (signal: AbortSignal, expired: () => boolean) => Promise<T>): Promise<T> {
  const patience = new AbortController();
  const done = new AbortController();
  const cancel = timeoutMs ? session.clock.schedule(timeoutMs, () => patience.abort()) : () => undefined;
  try {
    return await failingOnInterrupt(() => use(AbortSignal.any([patience.signal, done.signal, session.signal]), () => patience.signal.aborted));
  } finally {
    cancel();
    done.abort();
  }
}
