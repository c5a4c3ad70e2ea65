import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import type { CpFlags } from './flags';
import { parseFileSpec } from './spec';

/** After k8s.io/kubectl/pkg/cmd/cp: the files travel as a tar archive, which the container needs tar for. */
export async function cp(session: Session, { flags, args }: Input<CpFlags & GlobalFlags>): Promise<void> {
  if (args.length !== 2) throw new Error('source and destination are required');
  const [from, to] = args.map(parseFileSpec) as [ReturnType<typeof parseFileSpec>, ReturnType<typeof parseFileSpec>];
  if (from.pod && to.pod) throw new Error('one of src or dest must be a local file specification');
  if (!from.path || !to.path) throw new Error('filepath can not be empty');
  if (!from.pod && !to.pod) throw new Error('one of src or dest must be a remote file specification');
  const { name: namespace } = await session.namespace();
  const options = { namespace, container: flags.container, preserve: !flags['no-preserve'], retries: flags.retries };
  if (from.pod) {
    const { copyFromPod } = await import('./from-pod');
    return copyFromPod(session, from, to, options);
  }
  const { copyToPod } = await import('./to-pod');
  return copyToPod(session, from, to, options);
}
