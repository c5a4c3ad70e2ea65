import type { PodSpec } from '../../../api/generated/core.v1';
import { dryRunStrategy } from '../../dry-run';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { applySetting, settingPrinter, settingTargets } from './change';
import type { setServiceAccountFlags } from './flags';
import { podSpecOf } from './pod-spec';

/** The last argument is the account. After k8s.io/kubectl/pkg/cmd/set/set_serviceaccount.go. */
export async function setServiceAccount(session: Session, { flags, args }: Input<typeof setServiceAccountFlags & GlobalFlags>): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  if (flags.local && dryRun === 'server') throw new Error('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  const print = await settingPrinter(session, 'serviceaccount updated', flags, dryRun);
  if (!args.length) throw new Error('serviceaccount is required');
  const infos = await settingTargets(session, flags, args.slice(0, -1));
  const name = args.at(-1)!;
  await applySetting(session, infos, { flags, dryRun, print, failure: 'failed to patch ServiceAccountName', always: true }, (object) => {
    Object.assign(podSpecOf(object), { serviceAccountName: name } satisfies Partial<PodSpec>);
  });
}
