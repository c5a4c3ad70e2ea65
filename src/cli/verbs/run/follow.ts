import type { Pod } from '../../../api/generated/core.v1';
import type { Unstructured } from '../../../api/meta';
import { resourcePath } from '../../../client/http';
import { ExitError, messageOf } from '../../errors';
import { podsResource } from '../../pods/behind';
import { hasSucceeded, isFinished, isRunningAndReadyOrFinished, waitForPod } from '../../pods/wait';
import type { Session } from '../../session';
import { attachable } from '../attach/container';
import { attachToPod } from '../attach/to-pod';
import type { RestartPolicy, RunInput } from './options';

export interface FollowOptions {
  flags: Pick<RunInput['flags'], 'stdin' | 'tty' | 'quiet' | 'leave-stdin-open' | 'pod-running-timeout'>;
  restart: RestartPolicy;
}

/** Attaches to the pod as soon as it runs, prints its log where it has run already, and ends with its exit code. */
export async function followPod(session: Session, object: Unstructured, { flags, restart }: FollowOptions): Promise<void> {
  const wait = { namespace: object.metadata.namespace!, name: object.metadata.name!, timeoutMs: flags['pod-running-timeout'] };
  await attachOrPrintLog(session, await waitForPod(session, { ...wait, until: isRunningAndReadyOrFinished }), flags);
  if (flags['leave-stdin-open'] || restart === 'Always') return;
  const pod = await waitForPod(session, { ...wait, until: restart === 'OnFailure' ? hasSucceeded : isFinished });
  if (!hasSucceeded(pod)) throw failureOf(pod);
}

async function attachOrPrintLog(session: Session, pod: Pod, { stdin, tty, quiet }: FollowOptions['flags']): Promise<void> {
  if (isFinished(pod)) return printLog(session, pod, quiet);
  try {
    await attachToPod(session, pod, { container: '', stdin, tty, quiet });
  } catch (error) {
    session.streams.err.write(`warning: couldn't attach to pod/${pod.metadata.name}, falling back to streaming logs: ${messageOf(error)}\n`);
    await printLog(session, pod, quiet);
  }
}

async function printLog(session: Session, pod: Pod, quiet: boolean): Promise<void> {
  const { name: container } = attachable(pod, '', (line) => quiet || session.streams.err.write(line));
  const client = await session.client();
  const path = resourcePath(podsResource, pod.metadata.namespace, pod.metadata.name, 'log');
  const { body } = await client.raw({ path, query: { container }, accept: '*/*', stream: true, signal: session.signal });
  for await (const chunk of body) session.streams.out.write(chunk);
}

function failureOf({ metadata, status }: Pod): Error {
  const pod = `pod ${metadata.namespace}/${metadata.name}`;
  const ended = status?.containerStatuses?.[0]?.state?.terminated;
  if (!ended?.exitCode) return new Error(`${pod} failed with unknown exit code`);
  return new ExitError(ended.exitCode, `${pod} terminated (${ended.reason ?? ''})\n${ended.message ?? ''}`);
}
