import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { RuntimeFailure, type AttachRequest, type ExecRequest } from '../../port';
import { engineMessage, failure } from '../errors';
import { carry, resizeWith } from './connect';
import { writeAll } from './frames';

/** A command that cannot be started ends with such a code, and the engine's complaint in the place of its output. */
const refusalCodes = new Set([126, 127]);
const refusal = 'OCI runtime exec failed: ';

/** Resolves to the exit code. When the signal aborts, `kill` gets the process id, as the engine's host knows it. */
export async function execIn(docker: Docker, id: string, request: ExecRequest, kill: (pid: number) => Promise<void>): Promise<number> {
  const { command, tty, stdin, stdout, stderr, resize, signal } = request;
  const hasInput = stdin !== undefined;
  try {
    const exec = await docker.getContainer(id).exec({ Cmd: command, AttachStdin: hasInput, AttachStdout: true, AttachStderr: true, Tty: tty });
    const stream = await exec.start({ hijack: true, stdin: hasInput, Tty: tty });
    void resizeWith(resize, (size) => exec.resize(size)).catch(() => undefined);
    const kept = await carry({ stream, tty, keepBack: refusal, ...(stdin && { stdin }), ...(stdout && { stdout }), ...(stderr && { stderr }), ...(signal && { signal }) });
    if (signal?.aborted) return await giveUp(exec, kill);
    const code = await exitCode(exec);
    if (kept && refusalCodes.has(code)) throw new RuntimeFailure('StartFailed', kept.toString().trim());
    if (kept) await writeAll(stdout, kept);
    return code;
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    if (statusCode === 404) throw new RuntimeFailure('NotFound', engineMessage(error));
    throw failure(error, 'StartFailed');
  }
}

async function giveUp(exec: Docker.Exec, kill: (pid: number) => Promise<void>): Promise<number> {
  const { Running, Pid } = await exec.inspect();
  if (Running && Pid) await kill(Pid).catch(() => undefined);
  return 137;
}

/** The output may end a little before the engine knows the code. */
async function exitCode(exec: Docker.Exec): Promise<number> {
  for (let tries = 0; ; tries++) {
    const { Running, ExitCode } = await exec.inspect();
    if (!Running && ExitCode !== null) return ExitCode;
    if (tries === exitTries) throw new RuntimeFailure('Failed', 'the command closed its output and goes on');
    await new Promise((resolve) => setTimeout(resolve, 20 * (tries + 1)));
  }
}

const exitTries = 20;

/**
 * Resolves when the container has ended or the signal aborted. Fails when the container does not run: to a stopped one
 * the engine attaches as well, and waits for its next start.
 */
export async function attachTo(docker: Docker, id: string, request: AttachRequest): Promise<void> {
  const { tty, stdin, stdout, stderr, resize, signal, fromStart = false } = request;
  const container = docker.getContainer(id);
  const over = new AbortController();
  try {
    const stream = await container.attach({ stream: true, hijack: true, stdin: stdin !== undefined, stdout: true, stderr: true, logs: fromStart });
    if (!fromStart) await assertRuns(container, () => (stream as Duplex).destroy());
    void endAfter(container, stream, over.signal);
    void resizeWith(resize, (size) => container.resize(size)).catch(() => undefined);
    await carry({ stream: stream as never, tty, ...(stdin && { stdin }), ...(stdout && { stdout }), ...(stderr && { stderr }), ...(signal && { signal }) });
  } catch (error) {
    throw failure(error);
  } finally {
    over.abort();
  }
}

async function assertRuns(container: Docker.Container, giveUp: () => void): Promise<void> {
  const { State } = await container.inspect();
  if (State.Running) return;
  giveUp();
  throw new RuntimeFailure('Failed', `container ${container.id} is not running`);
}

/** A container that ends while the engine attaches to it leaves the connection open. */
async function endAfter(container: Docker.Container, stream: NodeJS.ReadWriteStream, over: AbortSignal): Promise<void> {
  await container.wait({ condition: 'not-running', abortSignal: over }).catch(() => undefined);
  setTimeout(() => (stream as Duplex).destroy(), lastWordsMs).unref();
}

const lastWordsMs = 1000;
