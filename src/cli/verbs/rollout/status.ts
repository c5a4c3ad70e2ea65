import { forEachInfo, type Info } from '../../builder';
import { throwAll } from '../../errors';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { watchObject, withDeadline } from '../../watch-object';
import type { RolloutStatusFlags } from './flags';
import { progressViewers } from './progress';
import { groupKind, noResources, requireResource, visitWorkloads } from './workloads';

type StatusInput = Input<RolloutStatusFlags & GlobalFlags>;

/** After k8s.io/kubectl/pkg/cmd/rollout/rollout_status.go. */
export async function rolloutStatus(session: Session, { flags, args }: StatusInput): Promise<void> {
  requireResource(flags, args);
  if (flags.revision < 0) throw new Error(`revision must be a positive integer: ${flags.revision}`);
  let found = false;
  throwAll(await forEachInfo(await visitWorkloads(session, flags, args), async (info) => {
    found = true;
    await follow(session, info, flags);
  }));
  if (!found) session.streams.err.write(await noResources(session));
}

/** Tells how far the rollout is at every change, until it is done. */
async function follow(session: Session, info: Info, { revision, timeout, watch }: StatusInput['flags']): Promise<void> {
  const progressOf = progressViewers[groupKind(info)];
  if (!progressOf) throw new Error(`no status viewer has been implemented for ${groupKind(info)}`);
  await withDeadline(session, timeout, async (signal) => {
    for await (const event of watchObject(session, info, signal)) {
      if (event.type === 'absent') continue;
      if (event.type === 'DELETED') throw new Error('object has been deleted');
      const { text, done } = progressOf(event.object, revision);
      session.streams.out.write(text);
      if (done || !watch) return;
    }
    throw new Error('timed out waiting for the condition');
  });
}
