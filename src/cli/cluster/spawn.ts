import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { makeStateDir, type ProfilePaths, type StartEvent } from '../../client/profile';

export interface DaemonCommand {
  verb: 'serve' | 'remove';
  /** dist/daemon.cjs */
  entry: string;
  /** DaemonOptions of cluster/daemon/options, as JSON. */
  options: { home: string; profile: string; [option: string]: unknown };
}

/**
 * V8 settings of the daemon: it idles most of its life, so small young generations and eager returning of memory
 * count more than peak throughput.
 */
const nodeFlags = ['--max-semi-space-size=8', '--no-warnings'];

/**
 * Starts the daemon in a session of its own and yields what it reports, until it says ready or error, or ends.
 * The daemon lives on when the caller stops listening.
 */
export async function* spawnDaemon(command: DaemonCommand, paths: ProfilePaths, env: NodeJS.ProcessEnv): AsyncGenerator<StartEvent> {
  makeStateDir(paths);
  const log = openSync(paths.logFile, 'a', 0o600);
  const child = spawn(process.execPath, [...nodeFlags, command.entry, command.verb, JSON.stringify(command.options)], {
    detached: true, cwd: '/', env, stdio: ['ignore', log, log, 'pipe'],
  });
  closeSync(log);
  const ended = exitOf(child);
  const pipe = child.stdio[3] as Readable;
  let listening = true;
  try {
    for await (const line of createInterface({ input: pipe })) {
      const event = JSON.parse(line) as StartEvent;
      yield event;
      if (event.type === 'ready' || event.type === 'error') return;
    }
    listening = false;
  } finally {
    pipe.destroy();
    // Whoever stops listening may end, and leaves the daemon running.
    if (listening) child.unref();
  }
  const why = await ended;
  if (command.verb === 'serve' || why !== 'exit code 0') yield { type: 'error', message: `the daemon ended (${why}); see ${paths.logFile}` };
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}
