import type { GlobalFlags } from '../../flags/global';
import type { Input } from '../../flags/spec';
import type { Session } from '../../session';
import type { GetFlags } from './flags';
import { completeGet } from './options';

/** Shows objects. After k8s.io/kubectl/pkg/cmd/get. */
export async function get(session: Session, input: Input<GetFlags & GlobalFlags>): Promise<void> {
  const options = await completeGet(session, input);
  const { flags } = input;
  if (flags.raw) return (await import('./raw')).getRaw(session, flags.raw);
  if (flags.watch || flags['watch-only']) return (await import('./watch')).getWatch(session, options);
  if (options.humanReadable) return (await import('./human')).getTables(session, options);
  return (await import('./generic')).getObjects(session, options);
}
