import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './cluster';

/** A Docker engine of the test's own, which may be killed: beside the machine's, whose rules it leaves alone. */
export interface PrivateEngine {
  /** To be in DOCKER_HOST of who is to use it. */
  readonly host: string;
  docker(...args: string[]): string;
  /** SIGKILL; its containers end when it comes back. */
  kill(): Promise<void>;
  start(): Promise<void>;
  destroy(): Promise<void>;
}

/** Why there cannot be one here. */
export function privateEngineMissing(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'needs root on Linux';
  try {
    execFileSync('dockerd', ['--version'], { stdio: 'pipe' });
    execFileSync('ip', ['link'], { stdio: 'pipe' });
    return undefined;
  } catch {
    return 'there is no dockerd, or no ip';
  }
}

/** Images are copied from the machine's engine. */
export async function privateEngine(images: readonly string[]): Promise<PrivateEngine> {
  const directory = mkdtempSync(join(tmpdir(), 'knarr-engine-'));
  const host = `unix://${join(directory, 'docker.sock')}`;
  const log = join(directory, 'log');
  const docker = (...args: string[]) => execFileSync('docker', ['--host', host, ...args], { encoding: 'utf8', stdio: 'pipe' }).trim();
  // None would take the machine's docker0 away.
  const bridge = `knarr${process.pid}`;
  execFileSync('ip', ['link', 'add', bridge, 'type', 'bridge'], { stdio: 'pipe' });
  execFileSync('ip', ['addr', 'add', `10.213.${process.pid % 250}.1/24`, 'dev', bridge], { stdio: 'pipe' });
  let child: ChildProcess | undefined;

  const start = async () => {
    const output = openSync(log, 'a');
    // It ends with the test, also when that is killed.
    child = spawn('setpriv', [
      '--pdeathsig', 'TERM', 'dockerd', '--host', host, '--data-root', join(directory, 'data'), '--exec-root', join(directory, 'exec'), '--pidfile', join(directory, 'pid'),
      '--bridge', bridge, '--iptables=false', '--ip6tables=false', '--shutdown-timeout', '2',
    ], { stdio: ['ignore', output, output] });
    await eventually(() => docker('version', '--format', '{{.Server.Version}}'), 60_000).catch((error: Error) => {
      throw new Error(`${error.message}\n${readFileSync(log, 'utf8').slice(-2000)}`);
    });
  };
  const end = async (signal: NodeJS.Signals) => {
    const ended = child;
    if (!ended || ended.exitCode !== null || ended.signalCode !== null) return;
    const exited = new Promise((resolve) => ended.once('exit', resolve));
    ended.kill(signal);
    await exited;
    if (signal === 'SIGKILL') endContainerd(join(directory, 'exec/containerd/containerd.pid'));
    rmSync(join(directory, 'pid'), { force: true });
  };
  await start();
  const engine: PrivateEngine = {
    host, docker, start,
    kill: () => end('SIGKILL'),
    async destroy() {
      // One that was killed leaves containers to its next life, which ends them.
      if (child?.signalCode) await start();
      await end('SIGTERM');
      execFileSync('ip', ['link', 'del', bridge], { stdio: 'pipe' });
      for (const mount of mountsBelow(directory)) execFileSync('umount', ['-l', mount], { stdio: 'pipe' });
      rmSync(directory, { recursive: true, force: true });
    },
  };
  const archive = join(directory, 'images.tar');
  execFileSync('docker', ['save', '-o', archive, ...images], { stdio: 'pipe' });
  docker('load', '-i', archive);
  rmSync(archive);
  return engine;
}

/** It dies with its dockerd, but where nobody collects the dead the next dockerd would take it for alive. */
function endContainerd(pidFile: string): void {
  try {
    process.kill(Number(readFileSync(pidFile, 'utf8')), 'SIGKILL');
  } catch {
    // It has ended already.
  }
  rmSync(pidFile, { force: true });
}

/** The deepest first. */
function mountsBelow(directory: string): string[] {
  if (!existsSync('/proc/mounts')) return [];
  return readFileSync('/proc/mounts', 'utf8').split('\n').map((line) => line.split(' ')[1] ?? '').filter((path) => path.startsWith(`${directory}/`)).reverse();
}
