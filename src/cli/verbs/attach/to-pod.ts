import type { Pod } from '../../../api/generated/core.v1';
import { joinStreams, wantedTerminal } from '../../pods/join';
import type { Session } from '../../session';
import { attachable } from './container';

export interface AttachOptions {
  /** '' for the pod's own choice. */
  container: string;
  stdin: boolean;
  tty: boolean;
  quiet: boolean;
}

/** Joins the user to a container that runs, until it ends or the user leaves. */
export async function attachToPod(session: Session, pod: Pod, { container: name, stdin, tty: wanted, quiet }: AttachOptions): Promise<void> {
  const { out, err } = session.streams;
  const tell = (line: string) => void (quiet || err.write(line));
  const container = attachable(pod, name, tell);
  if (wanted && !container.tty) tell(`error: Unable to use a TTY - container ${container.name} did not allocate one\n`);
  const terminal = wantedTerminal(session, { stdin, tty: container.tty ?? false, quiet });
  tell('If you don\'t see a command prompt, try pressing enter.\n');
  await joinStreams(session, pod, { subresource: 'attach', container: container.name, stdin, terminal });
  if (!quiet && terminal && pod.spec.restartPolicy === 'Always') out.write(`${farewell(pod, container.name)}\n`);
}

function farewell({ metadata, spec }: Pod, container: string): string {
  const command = `'kubectl attach ${metadata.name} -c ${container} -i -t'`;
  const ephemeral = spec.ephemeralContainers?.some(({ name }) => name === container);
  return ephemeral
    ? `Session ended, the ephemeral container will not be restarted but may be reattached using ${command} if it is still running`
    : `Session ended, resume using ${command} command when the pod is running`;
}
