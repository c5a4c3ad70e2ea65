import { isReason } from '../../../api/errors';
import { sleep } from '../../../api/clock';
import type { Unstructured } from '../../../api/meta';
import type { Info } from '../../builder';
import type { Session } from '../../session';
import type { ApplyPlan } from './options';

const pollMs = 1000;

/** `--force`: the old object goes, the new one comes; when it cannot, the old one is put back. */
export async function replaceByForce(session: Session, { manager, removal, removalTimeoutMs }: ApplyPlan, { resource, name, namespace }: Info, modified: Unstructured, current: Unstructured): Promise<Unstructured> {
  const client = await session.client();
  await client.delete(resource, name, namespace, removal);
  const deadline = removalTimeoutMs ? session.clock.now() + removalTimeoutMs : Infinity;
  while (await client.get(resource, name, namespace).then(() => true, (error: unknown) => !isReason(error, 'NotFound'))) {
    if (session.clock.now() >= deadline) throw new Error('context deadline exceeded');
    await sleep(session.clock, pollMs, session.signal);
  }
  try {
    return await client.create<Unstructured>(resource, modified, { fieldManager: manager });
  } catch (error) {
    const { resourceVersion: _version, uid: _uid, ...metadata } = current.metadata;
    await client.create<Unstructured>(resource, { ...current, metadata } as Unstructured, { fieldManager: manager });
    throw error;
  }
}
