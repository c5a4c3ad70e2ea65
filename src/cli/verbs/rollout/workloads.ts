import { visit, type Info, type Visit } from '../../builder';
import type { filenameFlags, selectorFlags } from '../../flags/sets';
import type { FlagValues } from '../../flags/spec';
import type { Session } from '../../session';

type TargetFlags = FlagValues<typeof filenameFlags & typeof selectorFlags>;

/** What a rollout command is about; a type alone means all its objects. */
export async function visitWorkloads(session: Session, flags: TargetFlags, args: readonly string[]): Promise<Visit> {
  return visit(session, {
    args, filenames: flags.filename, kustomize: flags.kustomize, recursive: flags.recursive, selector: flags.selector,
    namespace: await session.namespace(), emptySelectorMeansAll: true, latest: true, typed: true,
  });
}

export function requireResource({ filename, kustomize }: TargetFlags, args: readonly string[]): void {
  if (!args.length && !filename.length && !kustomize) throw new Error('required resource not specified');
}

/** `Deployment.apps`, `Pod` */
export const groupKind = ({ resource: { group, kind } }: Info): string => (group ? `${kind}.${group}` : kind);

/** Kinds that kubectl's visitors know, though they may have nothing to roll. */
const known = new Set(['DaemonSet.apps', 'Deployment.apps', 'ReplicaSet.apps', 'StatefulSet.apps', 'Pod', 'ReplicationController', 'CronJob.batch', 'Job.batch']);

/** `what` is `history` or `rollbacker`, `missing` what there is none of. After polymorphichelpers. */
export function notRolled(info: Info, what: string, missing: string): Error {
  const name = JSON.stringify(groupKind(info));
  if (known.has(groupKind(info))) return new Error(`no ${missing} has been implemented for ${name}`);
  return new Error(`error retrieving ${what} for ${name}, no visitor method exists for {${info.resource.group} ${info.resource.kind}}`);
}

export const noResources = async (session: Session): Promise<string> => `No resources found in ${(await session.namespace()).name} namespace.\n`;
