import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimPidFile, profileNameProblem, profilePaths, readSettings, releasePidFile, runningDaemon, writeSettings, type ProfilePaths } from '../../../src/client/profile';

describe('a profile on disk', () => {
  let home: string;
  let paths: ProfilePaths;
  const children: ReturnType<typeof spawn>[] = [];
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'knarr-profile-'));
    paths = profilePaths(home, 'demo');
    mkdirSync(paths.dir);
  });
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true });
  });

  /** A process whose command line names the profile's folder, as a daemon's does. */
  function daemonLike(): number {
    const child = spawn('sh', ['-c', 'sleep 60; : "$0"', paths.dir], { stdio: 'ignore' });
    children.push(child);
    return child.pid!;
  }

  it('gives the pid file to the first and names it to the second', () => {
    const first = daemonLike();
    expect(claimPidFile(paths, first)).toBeUndefined();
    expect(readFileSync(paths.pidFile, 'utf8')).toBe(`${first}\n`);
    expect(runningDaemon(paths)).toBe(first);
    expect(claimPidFile(paths, daemonLike())).toBe(first);
    expect(readdirSync(paths.dir)).toEqual(['knarr.pid']);
  });

  it('takes over from a daemon that is gone, and from a pid that is something else by now', () => {
    for (const stale of ['4194303\n', `${process.ppid}\n`, 'nonsense', '']) {
      writeFileSync(paths.pidFile, stale);
      expect(runningDaemon(paths)).toBeUndefined();
      const pid = daemonLike();
      expect(claimPidFile(paths, pid)).toBeUndefined();
      expect(runningDaemon(paths)).toBe(pid);
      releasePidFile(paths, pid);
      expect(existsSync(paths.pidFile)).toBe(false);
    }
  });

  it('releases only its own', () => {
    const pid = daemonLike();
    claimPidFile(paths, pid);
    releasePidFile(paths, pid + 1);
    expect(runningDaemon(paths)).toBe(pid);
  });

  it('keeps settings, and says which file is broken', async () => {
    expect(await readSettings(paths)).toBeUndefined();
    const settings = { runtime: 'sim' as const, apiPort: 6443, kubeconfig: '/x' };
    await writeSettings(paths, settings);
    expect(await readSettings(paths)).toEqual(settings);
    writeFileSync(paths.settingsFile, '{');
    await expect(readSettings(paths)).rejects.toThrow(`${paths.settingsFile} is not valid JSON`);
  });

  it.each(['knarr', 'a', 'team-1'])('takes %s as a name', (name) => expect(profileNameProblem(name)).toBeUndefined());
  it.each(['', '-a', 'a-', 'A', '../x', 'a/b', 'a'.repeat(41)])('refuses %p as a name', (name) => expect(profileNameProblem(name)).toContain(`"${name}"`));
});
