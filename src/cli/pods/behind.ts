import type { Pod } from '../../api/generated/core.v1';
import type { Unstructured } from '../../api/meta';
import type { Resource } from '../../client/client';
import type { Session } from '../session';
import type { PodOrder } from './order';
import { podSelectorOf } from './selector';

export const podsResource: Resource = { group: '', version: 'v1', plural: 'pods', namespaced: true };

export const isPod = (object: Unstructured): boolean => object.kind === 'Pod' && object.apiVersion === 'v1';

export interface BehindOptions {
  order: PodOrder;
  /** How long to wait for a first pod. */
  timeoutMs: number;
  /** For the error: `attach to`, `get the logs from`. */
  doing: string;
}

/** The pods behind a workload or a Service, best first; waits for one to appear. */
export async function podsBehind(session: Session, object: Unstructured, { order, timeoutMs, doing }: BehindOptions): Promise<Pod[]> {
  const labelSelector = podSelectorOf(object, doing);
  const namespace = object.metadata.namespace ?? 'default';
  const client = await session.client();
  const { items, metadata } = await client.list<Pod>(podsResource, { namespace, labelSelector });
  if (items.length) return items.sort(order);
  return [await firstPod(session, namespace, labelSelector, metadata.resourceVersion ?? '', timeoutMs)];
}

async function firstPod(session: Session, namespace: string, labelSelector: string, resourceVersion: string, timeoutMs: number): Promise<Pod> {
  const client = await session.client();
  const patience = new AbortController();
  const cancel = session.clock.schedule(timeoutMs, () => patience.abort());
  const signal = AbortSignal.any([patience.signal, session.signal]);
  try {
    for await (const event of client.watch<Pod>(podsResource, { namespace, labelSelector, resourceVersion, signal })) {
      if (event.type === 'ADDED' || event.type === 'MODIFIED') return event.object;
    }
  } finally {
    cancel();
    patience.abort();
  }
  throw new Error('timed out waiting for the condition');
}
