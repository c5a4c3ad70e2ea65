import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubectlPath, type Outcome } from './oracle';

const root = join(__dirname, '../..');
export const knarrPath = join(root, 'bin/knarr');

/** One cluster in a temporary home, run as users run it: through bin/knarr, in processes of its own. */
export interface TestCluster {
  readonly profile: string;
  readonly home: string;
  readonly kubeconfig: string;
  readonly env: NodeJS.ProcessEnv;
  knarr(args: string[], stdin?: string): Outcome;
  kubectl(args: string[], stdin?: string): Outcome;
  /** Pid of the daemon, as its file says. */
  pid(): number;
  destroy(): void;
}

/** Prepares the home; nothing runs yet. */
export function testCluster(profile: string): TestCluster {
  const home = mkdtempSync(join(tmpdir(), `knarr-${profile}-`));
  const kubeconfig = join(home, 'kube', 'config');
  const env = { ...process.env, HOME: home, KNARR_HOME: join(home, 'state'), KUBECONFIG: kubeconfig, NO_COLOR: '1' };
  const knarr = (args: string[], stdin?: string) => run(knarrPath, args, env, stdin);
  return {
    profile, home, kubeconfig, env, knarr,
    kubectl: (args, stdin) => run(kubectlPath(), args, env, stdin),
    pid: () => Number(readFileSync(join(home, 'state', profile, 'knarr.pid'), 'utf8')),
    destroy() {
      knarr(['destroy', '--profile', profile]);
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** The same, started. Throws what `knarr start` printed when it fails. */
export function startedCluster(profile: string, runtime: 'docker' | 'sim', more: readonly string[] = []): TestCluster {
  const cluster = testCluster(profile);
  const { code, stdout, stderr } = cluster.knarr(['start', '--profile', profile, '--runtime', runtime, ...more]);
  if (code === 0) return cluster;
  const log = readLog(join(cluster.home, 'state', profile, 'daemon.log'));
  cluster.destroy();
  throw new Error(`knarr start: exit code ${code}\n${stdout}${stderr}${log}`);
}

function readLog(path: string): string {
  try {
    return readFileSync(path, 'utf8').slice(-2000);
  } catch {
    return 'no log';
  }
}

export function run(program: string, args: string[], env: NodeJS.ProcessEnv, stdin = ''): Outcome {
  const { stdout, stderr, status, error } = spawnSync(program, args, { input: stdin, env, timeout: 120_000, maxBuffer: 64 * 1024 * 1024, encoding: 'utf8' });
  if (error) throw error;
  return { stdout, stderr, code: status ?? -1 };
}

/** Starts a program and returns its output so far at any time; `end` stops it. */
export function background(program: string, args: string[], env: NodeJS.ProcessEnv): { output(): string; ended: Promise<void>; end(): Promise<void> } {
  const child = spawn(program, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => { text += chunk; });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    output: () => text,
    ended: exited,
    end: async () => {
      child.kill('SIGTERM');
      await exited;
    },
  };
}

/** Polls until `check` gives something truthy; throws the last failure when the patience is used up. */
export async function eventually<T>(check: () => T | Promise<T>, patienceMs = 30_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + patienceMs;
  let failure: unknown = new Error('nothing came');
  while (performance.now() < deadline) {
    try {
      const result = await check();
      if (result) return result;
    } catch (error) {
      failure = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw failure;
}
