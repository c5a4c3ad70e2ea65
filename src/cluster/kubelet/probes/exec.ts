import { Writable } from 'node:stream';
import type { Clock } from '../../../api/clock';
import type { Runtime } from '../../../runtime/port';
import { within } from './deadline';

/** What of the output is kept. */
const maxOutputBytes = 10 * 1024;

/** Runs a command with its combined output. Rejects when it cannot be started; a timeout is `timedOut`. */
export async function runInContainer(runtime: Runtime, clock: Clock, id: string, command: string[], timeoutMs?: number): Promise<{ code: number; output: string; timedOut?: true }> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const collect = () => new Writable({
    write(chunk: Buffer, _encoding, done) {
      if (bytes < maxOutputBytes) chunks.push(chunk.subarray(0, maxOutputBytes - bytes));
      bytes += chunk.length;
      done();
    },
  });
  const output = () => Buffer.concat(chunks).toString();
  const abort = new AbortController();
  const run = () => runtime.exec(id, { command, tty: false, stdout: collect(), stderr: collect(), signal: abort.signal });
  if (timeoutMs === undefined) return { code: await run(), output: output() };
  const timeout = `command "${command.join(' ')}" timed out`;
  try {
    const code = await within(clock, timeoutMs, (onCancel) => {
      onCancel(() => abort.abort());
      return run();
    }, timeout);
    return { code, output: output() };
  } catch (error) {
    if ((error as Error).message !== timeout) throw error;
    return { code: -1, output: timeout, timedOut: true };
  }
}
