import type { Pod } from '../../../api/generated/core.v1';
import { resourcePath } from '../../../client/http';
import { messageOf } from '../../errors';
import { podsResource } from '../../pods/behind';
import type { Session } from '../../session';
import { attachable } from './container';
import { attachToPod, type AttachOptions } from './to-pod';

/** Attaches to a container, and prints its log where it has ended already or nobody can attach. */
export async function attachOrPrintLog(session: Session, pod: Pod, options: AttachOptions, hasEnded: boolean): Promise<void> {
  if (hasEnded) return printLog(session, pod, options);
  try {
    await attachToPod(session, pod, options);
  } catch (error) {
    session.streams.err.write(`warning: couldn't attach to pod/${pod.metadata.name}, falling back to streaming logs: ${messageOf(error)}\n`);
    await printLog(session, pod, options);
  }
}

async function printLog(session: Session, pod: Pod, { container: wanted, quiet }: AttachOptions): Promise<void> {
  const { name: container } = attachable(pod, wanted, (line) => quiet || session.streams.err.write(line));
  const client = await session.client();
  const path = resourcePath(podsResource, pod.metadata.namespace, pod.metadata.name, 'log');
  const { body } = await client.raw({ path, query: { container }, accept: '*/*', stream: true, signal: session.signal });
  for await (const chunk of body) session.streams.out.write(chunk);
}
