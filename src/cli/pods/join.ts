import type { Readable } from 'node:stream';
import type { Pod } from '../../api/generated/core.v1';
import { resourcePath } from '../../client/http';
import { remoteCommand, type RemoteOptions } from '../../client/remote';
import { isDisabled } from '../feature-gates';
import type { Session } from '../session';
import { terminalOf, type Terminal } from '../terminal/terminal';
import { podsResource } from './behind';

export interface Joined {
  subresource: 'exec' | 'attach';
  container: string;
  /** Of exec. */
  command?: readonly string[];
  stdin: boolean;
  /** The user's terminal when the container gets one; stdout and stderr are then one stream. */
  terminal: Terminal | undefined;
}

/** Joins the user's streams to those of a container. Resolves to the exit code. */
export async function joinStreams(session: Session, { metadata }: Pod, { subresource, container, command, stdin, terminal }: Joined): Promise<number> {
  const ended = new AbortController();
  const query = { container, command, stdin: stdin || undefined, stdout: true, stderr: !terminal || undefined, tty: terminal ? true : undefined };
  const restore = terminal?.raw(session.signal);
  try {
    return await remoteCommand(await session.connection(), resourcePath(podsResource, metadata.namespace, metadata.name, subresource), query, {
      ...(stdin && { stdin: session.streams.in as Readable }),
      stdout: session.streams.out,
      ...(!terminal && { stderr: session.streams.err }),
      ...(terminal && { resize: terminal.sizes(ended.signal, { redraw: subresource === 'attach' }) }),
      signal: session.signal,
    }, remoteOptions(session));
  } finally {
    ended.abort();
    restore?.();
  }
}

export const remoteOptions = (session: Session): RemoteOptions => ({ webSockets: !isDisabled(session, 'KUBECTL_REMOTE_COMMAND_WEBSOCKETS') });

export interface WantedTerminal {
  stdin: boolean;
  tty: boolean;
  quiet: boolean;
}

/** The user's terminal where it is wanted and there is one. After exec.StreamOptions.SetupTTY. */
export function wantedTerminal({ streams }: Session, { stdin, tty, quiet }: WantedTerminal): Terminal | undefined {
  if (!stdin || !tty) return undefined;
  const terminal = terminalOf(streams);
  if (!terminal && !quiet) streams.err.write('Unable to use a TTY - input is not a terminal or the right kind of file\n');
  return terminal;
}
