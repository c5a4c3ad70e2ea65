import { isReason } from '../../../api/errors';
import type { KubeObject } from '../../../api/meta';
import type { Info } from '../../builder';
import { nameWithKind } from './names';
import type { Session } from '../../session';
import { failingOnInterrupt } from '../../session/interrupt';

/** What is waited for: the object of this uid; another one of the same name does not count. */
export interface Gone {
  info: Info;
  uid: string | undefined;
}

/** Without --timeout kubectl waits a week. */
const foreverMs = 168 * 3600_000;

/** Resolves when all are gone. Not being allowed to look counts as gone, as in kubectl. */
export async function waitUntilGone(session: Session, all: readonly Gone[], timeoutMs: number): Promise<void> {
  const patience = new AbortController();
  const cancel = session.clock.schedule(timeoutMs || foreverMs, () => patience.abort());
  const signal = AbortSignal.any([patience.signal, session.signal]);
  try {
    for (const each of all) {
      await failingOnInterrupt(() => untilGone(session, each, signal));
      if (patience.signal.aborted) throw new Error(`timed out waiting for the condition on ${nameWithKind(each.info)}`);
    }
  } catch (error) {
    if (!isReason(error, 'Forbidden', 'MethodNotAllowed')) throw error;
  } finally {
    cancel();
  }
}

async function untilGone(session: Session, { info, uid }: Gone, signal: AbortSignal): Promise<void> {
  const { resource, name } = info;
  const client = await session.client();
  const options = { ...(info.namespace && { namespace: info.namespace }), fieldSelector: `metadata.name=${name}`, signal };
  while (!signal.aborted) {
    const { items, metadata } = await client.list<KubeObject>(resource, options);
    const still = items.some((item) => item.metadata.name === name && (!uid || item.metadata.uid === uid));
    if (!still) return;
    for await (const event of client.watch<KubeObject>(resource, { ...options, resourceVersion: metadata.resourceVersion ?? '' })) {
      if (event.type === 'DELETED' && event.object.metadata.name === name) return;
    }
  }
}
