import type { Readable } from 'node:stream';
import type { Pod } from '../../api/generated/core.v1';
import { resourcePath } from '../../client/http';
import { remoteCommand } from '../../client/remote';
import { ExitError } from '../errors';
import type { Session } from '../session';
import { podsResource } from './behind';
import { remoteOptions } from './join';
import { annotatedContainer, defaultContainer, hasContainer } from './containers';

type Sink = { write(chunk: string | Uint8Array): unknown };

/** Throws for a pod that nothing can be run in any more. */
export function requireUnfinished({ status }: Pod): void {
  const phase = status?.phase;
  if (phase === 'Succeeded' || phase === 'Failed') throw new Error(`cannot exec into a container in a completed pod; current phase is ${phase}`);
}

/** The container to enter when none is named; `tell` gets kubectl's line when there was a choice. */
export function containerToEnter(pod: Pod, tell: (line: string) => void): string {
  const annotated = annotatedContainer(pod);
  return annotated && hasContainer(pod, annotated) ? annotated : defaultContainer(pod, tell);
}

/** What the exit code of a command means for the one who ran it. */
export function requireSuccess(exitCode: number): void {
  if (exitCode) throw new ExitError(exitCode, `command terminated with exit code ${exitCode}`);
}

export interface CommandInPod {
  namespace: string;
  name: string;
  /** '' for the pod's own choice. */
  container: string;
  command: readonly string[];
  stdin?: Readable;
  out: Sink;
  err: Sink;
  signal?: AbortSignal;
}

/** Runs a command without a terminal. Rejects with ExitError when it fails. */
export async function runInPod(session: Session, { namespace, name, container, command, stdin, out, err, signal = session.signal }: CommandInPod): Promise<void> {
  const pod = await (await session.client()).get<Pod>(podsResource, name, namespace);
  requireUnfinished(pod);
  const entered = container || containerToEnter(pod, (line) => void err.write(line));
  const query = { container: entered, command, stdin: stdin ? true : undefined, stdout: true, stderr: true };
  const streams = { ...(stdin && { stdin }), stdout: out, stderr: err, signal };
  requireSuccess(await remoteCommand(await session.connection(), resourcePath(podsResource, namespace, name, 'exec'), query, streams, remoteOptions(session)));
}
