import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ProfilePaths } from './paths';

/** The word by which a daemon's command line is known; `ps` shows it. */
export const daemonTitle = (profile: string): string => `knarr-daemon ${profile}`;

/** The pid of the profile's living daemon. A pid file whose process is gone, or is something else by now, does not count. */
export function runningDaemon(paths: ProfilePaths): number | undefined {
  const pid = readPid(paths.pidFile);
  return pid !== undefined && daemonLives(pid, paths) ? pid : undefined;
}

/**
 * Takes the pid file for this process. Returns the pid of the daemon that has it already, if one lives.
 * link(2) fails when the name exists, so of two that start at once only one gets it.
 */
export function claimPidFile(paths: ProfilePaths, pid: number): number | undefined {
  const own = `${paths.pidFile}.${pid}`;
  try {
    writePid(own, pid);
    for (let attempt = 0; attempt < 2; attempt++) {
      if (tryLink(own, paths.pidFile)) return undefined;
      const other = runningDaemon(paths);
      if (other !== undefined && other !== pid) return other;
      rmSync(paths.pidFile, { force: true });
    }
    throw new Error(`cannot take ${paths.pidFile}: another process keeps writing it`);
  } finally {
    rmSync(own, { force: true });
  }
}

export function releasePidFile(paths: ProfilePaths, pid: number): void {
  if (readPid(paths.pidFile) === pid) rmSync(paths.pidFile, { force: true });
}

function writePid(file: string, pid: number): void {
  try {
    writeFileSync(file, `${pid}\n`, { mode: 0o600 });
  } catch (error) {
    throw new Error(`cannot write ${file}: ${(error as Error).message}`);
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readPid(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').trim());
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** Whether this process lives and is the profile's daemon, whatever the pid file says. */
export function daemonLives(pid: number, paths: ProfilePaths): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const command = commandLine(pid);
  return command === undefined || command.includes(paths.dir) || command.includes(daemonTitle(paths.profile));
}

/** Undefined where the system does not tell. */
function commandLine(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return undefined;
  }
}
