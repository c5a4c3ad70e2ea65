import { spawn } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ExitError } from '../errors';
import type { Environment } from '../session';
import { endWellOnInterrupt } from '../session/interrupt';
import { pluginNames, pluginPrefixes } from './names';

/** Runs the plugin that a line means. Resolves to false when there is none; rejects with its exit code when it fails. */
export async function runPlugin(argv: readonly string[], environment: Environment, wordsMin = 1): Promise<boolean> {
  const path = environment.env['PATH'] ?? '';
  for (const { name, args } of pluginNames(argv, wordsMin)) {
    const program = pluginPrefixes.map((prefix) => findProgram(`${prefix}-${name}`, path)).find(Boolean);
    if (!program) continue;
    await execute(program, args, environment);
    return true;
  }
  return false;
}

/** The file that a shell would run. A name with a slash would leave the PATH: there is none. */
function findProgram(name: string, path: string): string | undefined {
  if (name.includes('/')) return undefined;
  return path.split(delimiter).map((directory) => join(directory || '.', name)).find(isProgram);
}

export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return !statSync(file).isDirectory();
  } catch {
    return false;
  }
}

/** In the place of this process as far as can be told: its streams, its signals, its end. */
async function execute(program: string, args: readonly string[], { env, signal }: Environment): Promise<void> {
  endWellOnInterrupt();
  const child = spawn(program, args, { stdio: 'inherit', env, argv0: program });
  signal.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  const ended = await new Promise<{ code: number | null; by: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('error', (error) => reject(Object.assign(new Error(`Error: ${error.message}`), { name: 'UsageError' })));
    child.once('exit', (code, by) => resolve({ code, by }));
  });
  if (ended.by) process.kill(process.pid, ended.by);
  if (ended.code) throw new ExitError(ended.code);
}
