// From `knarr start` to ready on the simulated runtime, and what the idle daemon holds in memory.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knarr, withCluster } from '../lib/cluster.mjs';
import { median, timed } from './stats.mjs';

const runs = 5;
const idleSeconds = 10;

export function benchStart() {
  const home = mkdtempSync(join(tmpdir(), 'knarr-bench-'));
  const env = { ...process.env, HOME: home, KNARR_HOME: join(home, 'knarr'), KUBECONFIG: join(home, 'config') };
  const knarrRun = (...args) => {
    const { status, stdout, stderr } = spawnSync(knarr, [...args, '--profile', 'bench'], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`knarr ${args.join(' ')}: ${stdout}${stderr}`);
  };
  const firstStart = () => timed(() => knarrRun('start', '--runtime', 'sim'));
  try {
    const times = Array.from({ length: runs }, () => {
      const elapsedMs = firstStart();
      knarrRun('destroy');
      return elapsedMs;
    });
    return { name: 'start to ready on sim, seconds', value: median(times) / 1000, limit: 1.0, detail: `first start, median of ${runs}` };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

export function benchMemory() {
  return withCluster({ profile: 'bench', runtime: 'sim' }, ({ env }) => {
    spawnSync(knarr, ['get', 'pods', '-A'], { env });
    spawnSync('sleep', [String(idleSeconds)]);
    const pid = readFileSync(join(env.KNARR_HOME, 'bench', 'knarr.pid'), 'utf8').trim();
    const residentKiB = Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
    return { name: 'resident memory of the idle daemon, MB', value: residentKiB / 1024, limit: 120, detail: `after ${idleSeconds} s` };
  });
}
