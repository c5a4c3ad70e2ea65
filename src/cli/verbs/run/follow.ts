import type { Pod } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { ExitError } from '../../errors';
import { hasSucceeded, isFinished, isRunningAndReadyOrFinished, waitForPod } from '../../pods/wait';
import type { Session } from '../../session';
import { attachOrPrintLog } from '../attach/or-log';
import type { RestartPolicy, RunInput } from './options';

export interface FollowOptions {
  flags: Pick<RunInput['flags'], 'stdin' | 'tty' | 'quiet' | 'leave-stdin-open' | 'pod-running-timeout'>;
  restart: RestartPolicy;
}

/** Attaches to the pod as soon as it runs, prints its log where it has run already, and ends with its exit code. */
export async function followPod(session: Session, object: Unstructured, { flags, restart }: FollowOptions): Promise<void> {
  const wait = { namespace: object.metadata.namespace!, name: object.metadata.name!, timeoutMs: flags['pod-running-timeout'] };
  const begun = await waitForPod(session, { ...wait, until: isRunningAndReadyOrFinished });
  const { stdin, tty, quiet } = flags;
  await attachOrPrintLog(session, begun, { container: '', stdin, tty, quiet }, isFinished(begun));
  if (flags['leave-stdin-open'] || restart === 'Always') return;
  const pod = await waitForPod(session, { ...wait, until: restart === 'OnFailure' ? hasSucceeded : isFinished });
  if (!hasSucceeded(pod)) throw failureOf(pod);
}

function failureOf({ metadata, status }: Pod): Error {
  const pod = `pod ${metadata.namespace}/${metadata.name}`;
  const ended = status?.containerStatuses?.[0]?.state?.terminated;
  if (!ended?.exitCode) return new Error(`${pod} failed with unknown exit code`);
  return new ExitError(ended.exitCode, `${pod} terminated (${ended.reason ?? ''})\n${ended.message ?? ''}`);
}
