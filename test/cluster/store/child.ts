import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

/** Programs that use a store in a process of their own, so that it can be killed or confined. */
const program = join(__dirname, 'child-main.cjs');

export interface Acknowledged {
  key: string;
  revision: number;
}

function start(task: string, directory: string, options: { uid?: number; shell?: string; logFileBytes?: number } = {}): ChildProcess {
  const command = [process.execPath, program, task, directory, ...(options.logFileBytes ? [String(options.logFileBytes)] : [])];
  return options.shell
    ? spawn('bash', ['-c', `${options.shell} exec "$@"`, 'bash', ...command], { stdio: ['ignore', 'pipe', 'inherit'] })
    : spawn(command[0]!, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], ...(options.uid && { uid: options.uid }) });
}

async function linesOf(child: ChildProcess, onLine?: (count: number) => void): Promise<string[]> {
  const lines: string[] = [];
  const exited = new Promise((resolve) => child.once('exit', resolve));
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(line);
    onLine?.(lines.length);
  }
  await exited;
  return lines;
}

const acknowledgement = (line: string): Acknowledged => ({ key: line.split(' ')[0]!, revision: Number(line.split(' ')[1]) });

/** Writes without end; the process is killed after so many acknowledgements. What it said until then. */
export async function writeUntilKilled(directory: string, count: number, logFileBytes?: number): Promise<Acknowledged[]> {
  const child = start('write', directory, logFileBytes ? { logFileBytes } : {});
  const lines = await linesOf(child, (seen) => void (seen === count && child.kill('SIGKILL')));
  return lines.filter((line) => /^\S+ \d+$/.test(line)).map(acknowledgement);
}

/** Writes ever larger objects with a small limit on the size of files, until the store refuses one; then a small one. */
export async function writeUntilFull(directory: string): Promise<{ acknowledged: Acknowledged[]; error: string }> {
  const lines = await linesOf(start('grow', directory, { shell: "trap '' XFSZ; ulimit -f 512;", logFileBytes: 64 * 1024 }));
  return { acknowledged: lines.filter((line) => /^\S+ \d+$/.test(line)).map(acknowledgement), error: lines.at(-2) ?? '' };
}

export const openElsewhere = async (directory: string) => (await linesOf(start('open', directory)))[0];
export const openAs = async (uid: number, directory: string) => (await linesOf(start('open', directory, { uid })))[0];
