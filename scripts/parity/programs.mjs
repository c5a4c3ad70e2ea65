// The three ways to run a line: as a process of its own, through a shell, and within this process.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../lib/cluster.mjs';

const lineTimeoutMs = 60_000;

/** → { status, stdout, stderr }; `stdin`: text, or nothing to read. */
export function runProcess(program, argv, { env, cwd, stdin }) {
  const child = spawn(program, argv, { env, cwd, timeout: lineTimeoutMs, stdio: [stdin === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] });
  // A program that fails early does not read.
  child.stdin?.on('error', () => undefined).end(stdin);
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (chunk) => { text[stream] += chunk; });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ status: code ?? signal, ...text }));
  });
}

/** `k` in the line is the program: a function, since aliases do not expand in scripts. */
export const runShell = (program, line, { env, cwd }) =>
  runProcess('bash', ['-c', `k() { "$PROGRAM" "$@"; }; ${line}`], { env: { ...env, PROGRAM: program }, cwd });

/** What bin/knarr runs. */
const { isHot, loadFull } = createRequire(import.meta.url)('../../dist/hot.cjs');
const { runLine } = await loadFull(join(root, 'dist'), 'parity');

/** Verbs that hand their streams to another program. */
const handsOver = /^(diff|edit|edit-last-applied|plugin)$/;

/** Whether a line of knarr is the same without a process: not what hot.cjs answers, and not what hands its streams on. */
export const runsWithin = (argv) => !isHot(argv) && !argv.some((word) => handsOver.test(word));

/** knarr's command line in this process: 0.1 s of node's start and loading less a line. → as `runProcess` */
export async function runWithin(argv, { env, cwd, stdin }) {
  const written = { out: [], err: [] };
  const stream = (name) => ({ write: (chunk) => written[name].push(Buffer.from(chunk)) });
  const stop = new AbortController();
  const streams = { in: Readable.from(stdin === undefined ? [] : [Buffer.from(stdin)]), out: stream('out'), err: stream('err') };
  const status = await Promise.race([
    runLine(argv, { streams, env, cwd, signal: stop.signal }),
    sleep(lineTimeoutMs, 'SIGTERM', { signal: stop.signal, ref: false }),
  ]);
  stop.abort();
  return { status, stdout: Buffer.concat(written.out).toString(), stderr: Buffer.concat(written.err).toString() };
}
