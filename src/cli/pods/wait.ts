import { ApiError } from '../../api/errors';
import type { Pod } from '../../api/generated/core.v1';
import type { Session } from '../session';
import { podsResource } from './behind';

/** True ends the wait. */
export type PodCondition = (pod: Pod) => boolean;

const finished = new Set(['Succeeded', 'Failed']);
const isReady = ({ status }: Pod): boolean => status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;

export const isFinished: PodCondition = ({ status }) => finished.has(status?.phase ?? '');
export const hasSucceeded: PodCondition = ({ status }) => status?.phase === 'Succeeded';
export const isRunningAndReadyOrFinished: PodCondition = (pod) => isFinished(pod) || (pod.status?.phase === 'Running' && isReady(pod));

export interface PodWait {
  namespace: string;
  name: string;
  /** 0: as long as it takes. */
  timeoutMs: number;
  until: PodCondition;
}

/** The pod as soon as it is as wanted. Rejects with NotFound when it goes, and in kubectl's words when time is up. */
export async function waitForPod(session: Session, { namespace, name, timeoutMs, until }: PodWait): Promise<Pod> {
  const client = await session.client();
  const patience = new AbortController();
  const cancel = timeoutMs ? session.clock.schedule(timeoutMs, () => patience.abort()) : () => undefined;
  const signal = AbortSignal.any([patience.signal, session.signal]);
  const selection = { namespace, fieldSelector: `metadata.name=${name}`, signal };
  try {
    while (!signal.aborted) {
      const { items, metadata } = await client.list<Pod>(podsResource, selection);
      const [pod] = items;
      if (pod && until(pod)) return pod;
      for await (const event of client.watch<Pod>(podsResource, { ...selection, resourceVersion: metadata.resourceVersion ?? '' })) {
        if (event.type === 'DELETED') throw new ApiError('NotFound', 'pods "" not found');
        if (event.type !== 'BOOKMARK' && until(event.object)) return event.object;
      }
    }
  } finally {
    cancel();
    patience.abort();
  }
  throw new Error('timed out waiting for the condition');
}
