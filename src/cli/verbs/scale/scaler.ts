import { isReason } from '../../../api/errors';
import { sleep } from '../../../api/clock';
import type { Scale } from '../../../api/generated/autoscaling.v1';
import type { Info } from '../../builder';
import type { Session } from '../../session';

/** What must hold for the old size. */
export interface Precondition {
  /** -1: any. */
  replicas: number;
  /** '': any. */
  resourceVersion: string;
}

const retryMs = 1000;
const conflictPatienceMs = 300_000;

/** Sets the size through the scale subresource. Conflicts are tried again. Throws when the precondition does not hold. */
export async function setScale(session: Session, { resource, namespace, name }: Info, replicas: number, precondition: Precondition | undefined, dryRun: boolean): Promise<void> {
  const client = await session.client();
  const options = { subresource: 'scale', ...(dryRun && { dryRun }) };
  const once = async () => {
    if (!precondition) return void (await client.patch(resource, name, namespace, 'merge', { spec: { replicas } }, options));
    const scale = await client.get<Scale>(resource, name, namespace, { subresource: 'scale' });
    check(scale, precondition);
    await client.update(resource, { ...scale, spec: { ...scale.spec, replicas } }, options);
  };
  const deadline = session.clock.now() + conflictPatienceMs;
  for (;;) {
    try {
      return await once();
    } catch (error) {
      if (!isReason(error, 'Conflict') || session.clock.now() >= deadline) throw error;
      await sleep(session.clock, retryMs, session.signal);
    }
  }
}

function check({ spec, metadata }: Scale, { replicas, resourceVersion }: Precondition): void {
  const actual = spec.replicas ?? 0;
  if (replicas !== -1 && actual !== replicas) throw new Error(`Expected replicas to be ${replicas}, was ${actual}`);
  if (resourceVersion && metadata.resourceVersion !== resourceVersion) {
    throw new Error(`Expected resource version to be ${resourceVersion}, was ${metadata.resourceVersion}`);
  }
}

/** Waits until as many replicas are there as were asked for, or somebody asks for another number. */
export async function waitForScale(session: Session, { resource, namespace, name }: Info, replicas: number, timeoutMs: number): Promise<void> {
  const client = await session.client();
  const deadline = session.clock.now() + timeoutMs;
  for (;;) {
    const { spec, status } = await client.get<Scale>(resource, name, namespace, { subresource: 'scale' });
    if ((spec.replicas ?? 0) !== replicas || (status?.replicas ?? 0) === replicas) return;
    if (session.clock.now() >= deadline) throw new Error('timed out waiting for the condition');
    await sleep(session.clock, retryMs, session.signal);
  }
}
