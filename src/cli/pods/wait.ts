import { ApiError } from '../../api/errors';
import type { Pod } from '../../api/generated/core.v1';
import type { Session } from '../session';
import { failingOnInterrupt } from '../session/interrupt';
import { podsResource } from './behind';

/** True ends the wait. */
export type PodCondition = (pod: Pod) => boolean;

const finished = new Set(['Succeeded', 'Failed']);
const isReady = ({ status }: Pod): boolean => status?.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;

export const isFinished: PodCondition = ({ status }) => finished.has(status?.phase ?? '');
export const hasSucceeded: PodCondition = ({ status }) => status?.phase === 'Succeeded';
export const isRunningAndReady: PodCondition = (pod) => pod.status?.phase === 'Running' && isReady(pod);
export const isRunningAndReadyOrFinished: PodCondition = (pod) => isFinished(pod) || isRunningAndReady(pod);

export interface PodWait {
  namespace: string;
  name: string;
  /** 0: as long as it takes. */
  timeoutMs: number;
  until: PodCondition;
}

/** The pod as soon as it is as wanted. Rejects with NotFound when it goes, and in kubectl's words when time is up. */
export function waitForPod(session: Session, { namespace, name, timeoutMs, until }: PodWait): Promise<Pod> {
  const gone = () => new ApiError('NotFound', 'pods "" not found');
  return failingOnInterrupt(() => firstPodWhere(session, { namespace, fieldSelector: `metadata.name=${name}` }, { timeoutMs, until, gone }));
}

export interface PodSelection {
  namespace: string;
  labelSelector?: string;
  fieldSelector?: string;
}

/** The first pod of a selection that is as wanted; `gone` makes the error when one of them is deleted meanwhile. */
export async function firstPodWhere(session: Session, of: PodSelection, { timeoutMs, until, gone }: Pick<PodWait, 'timeoutMs' | 'until'> & { gone?: () => Error }): Promise<Pod> {
  const client = await session.client();
  const patience = new AbortController();
  const cancel = timeoutMs ? session.clock.schedule(timeoutMs, () => patience.abort()) : () => undefined;
  const signal = AbortSignal.any([patience.signal, session.signal]);
  try {
    while (!signal.aborted) {
      const { items, metadata } = await client.list<Pod>(podsResource, { ...of, signal });
      const found = items.find(until);
      if (found) return found;
      for await (const event of client.watch<Pod>(podsResource, { ...of, signal, resourceVersion: metadata.resourceVersion ?? '' })) {
        if (event.type === 'DELETED' && gone) throw gone();
        if (event.type !== 'BOOKMARK' && event.type !== 'DELETED' && until(event.object)) return event.object;
      }
    }
  } catch (error) {
    if (!patience.signal.aborted) throw error;
  } finally {
    cancel();
    patience.abort();
  }
  throw new Error('timed out waiting for the condition');
}
