import type { Subject } from '../../../api/generated/rbac.v1';
import { deepEqual } from '../../../api/equal';
import type { Unstructured } from '../../../api/meta';
import type { Info } from '../../builder';
import { dryRunStrategy } from '../../dry-run';
import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import { applySetting, settingPrinter, settingTargets } from './change';
import type { setSubjectFlags } from './flags';

/** Its --user is not the one of the kubeconfig. */
type SubjectInput = Input<typeof setSubjectFlags & Omit<GlobalFlags, 'user'>>;

/** After k8s.io/kubectl/pkg/cmd/set/set_subject.go. */
export async function setSubject(session: Session, { flags, args }: SubjectInput): Promise<void> {
  const dryRun = dryRunStrategy(flags['dry-run'], session.streams.err);
  const print = await settingPrinter(session, 'subjects updated', flags, dryRun);
  const infos = await settingTargets(session, flags, args);
  validate(flags, infos, dryRun === 'server');
  const added = subjectsOf(flags, (await session.namespace()).name);
  await applySetting(session, infos, { flags, dryRun, print, failure: 'failed to patch subjects to rolebinding:' }, (object) => {
    if (object.kind !== 'RoleBinding' && object.kind !== 'ClusterRoleBinding') throw new Error('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
    const binding = object as Unstructured & { subjects?: Subject[] };
    const existing = binding.subjects ?? [];
    binding.subjects = [...existing, ...added.filter((subject) => !existing.some((each) => deepEqual(each, subject)))];
  });
}

function validate(flags: SubjectInput['flags'], infos: readonly Info[], onServer: boolean): void {
  if (flags.local && onServer) throw new Error('cannot specify --local and --dry-run=server - did you mean --dry-run=client?');
  if (flags.all && flags.selector) throw new Error('cannot set --all and --selector at the same time');
  const given: readonly string[][] = [flags.user, flags.group, flags.serviceaccount];
  if (given.every((names) => !names.length)) throw new Error('you must specify at least one value of user, group or serviceaccount');
  for (const account of flags.serviceaccount) {
    const parts = account.split(':');
    if (parts.length !== 2 || !parts[1]) throw new Error('serviceaccount must be <namespace>:<name>');
    if (!parts[0] && infos.some(({ resource }) => resource.kind === 'ClusterRoleBinding')) throw new Error('serviceaccount must be <namespace>:<name>, namespace must be specified');
  }
}

const sorted = (names: readonly string[]) => [...new Set(names)].sort();

function subjectsOf({ user, group, serviceaccount }: SubjectInput['flags'], namespace: string): Subject[] {
  const apiGroup = 'rbac.authorization.k8s.io';
  return [
    ...sorted(user).map((name) => ({ kind: 'User', apiGroup, name })),
    ...sorted(group).map((name) => ({ kind: 'Group', apiGroup, name })),
    ...sorted(serviceaccount).map((text) => ({ kind: 'ServiceAccount', name: text.split(':')[1]!, namespace: text.split(':')[0] || namespace })),
  ];
}
