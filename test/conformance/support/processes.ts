import { spawn } from 'node:child_process';
import type { RowContext } from './context';

/** Starts the client in the row's namespace and waits until its stdout has what is looked for. It is ended with the row. */
export async function startUntil(t: RowContext, args: readonly string[], pattern: RegExp): Promise<RegExpExecArray> {
  const child = spawn(t.program, ['--namespace', t.namespace, ...args], { env: t.env, stdio: ['ignore', 'pipe', 'pipe'] });
  t.cleanup(() => child.kill());
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) child[stream].on('data', (chunk: Buffer) => { written[stream] += chunk.toString(); });
  return t.eventually(() => {
    const found = pattern.exec(written.stdout);
    if (found) return found;
    throw new Error(`${args.join(' ')} has not said ${String(pattern)}: ${written.stdout}${written.stderr}`);
  });
}
