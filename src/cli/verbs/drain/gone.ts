import { sleep } from '../../../api/clock';
import { isReason } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import { podsResource } from '../../pods/behind';
import type { Session } from '../../session';
import { isLongEnding } from './filters';
import type { EvictPlan } from './plan';

const pollMs = 1000;

/** Waits until none of the pods is there any more, or is another one by the same name. After waitForDelete in k8s.io/kubectl/pkg/drain. */
export async function waitUntilGone(session: Session, pods: readonly Pod[], operation: 'evicted' | 'deleted', plan: EvictPlan, expired: () => boolean): Promise<void> {
  let pending = pods;
  for (;;) {
    const there: Pod[] = [];
    for (const pod of pending) if (await isThere(session, pod, operation, plan)) there.push(pod);
    pending = there;
    if (!pending.length) return;
    if (expired()) throw new Error('context deadline exceeded');
    await sleep(session.clock, pollMs, session.signal);
    if (expired()) throw new Error('context deadline exceeded');
  }
}

async function isThere(session: Session, pod: Pod, operation: 'evicted' | 'deleted', plan: EvictPlan): Promise<boolean> {
  const now = await read(session, pod).catch((error: unknown) => {
    plan.finished(pod, operation, error);
    throw error;
  });
  if (!now || now.metadata.uid !== pod.metadata.uid) {
    plan.finished(pod, operation);
    return false;
  }
  if (!isLongEnding(now, plan.skipAfterSeconds, session.clock.now())) return true;
  session.streams.out.write(`pod ${JSON.stringify(pod.metadata.name)} has DeletionTimestamp older than ${plan.skipAfterSeconds} seconds, skipping\n`);
  return false;
}

async function read(session: Session, { metadata: { name, namespace } }: Pod): Promise<Pod | undefined> {
  try {
    return await (await session.client()).get<Pod>(podsResource, name!, namespace);
  } catch (error) {
    if (isReason(error, 'NotFound')) return undefined;
    throw error;
  }
}
