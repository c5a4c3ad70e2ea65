// The home of one run: the clusters that rows start live in it, and are gone with it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knarr } from '../lib/cluster.mjs';

const prefix = 'knarr-conformance-';

/** Resolves to what `use(home, interrupted)` resolves to; `interrupted` aborts on SIGINT and SIGTERM. */
export async function withHome(use) {
  sweep();
  const home = join(tmpdir(), `${prefix}${process.pid}`);
  mkdirSync(home);
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await use(home, interrupted.signal);
  } finally {
    remove(home);
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

/** What runs left behind that were killed. */
function sweep() {
  for (const name of readdirSync(tmpdir())) {
    const pid = name.startsWith(prefix) && Number(name.slice(prefix.length));
    if (pid && !isAlive(pid)) remove(join(tmpdir(), name));
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function remove(home) {
  const state = join(home, 'state');
  const env = { ...process.env, HOME: home, KNARR_HOME: state, KUBECONFIG: join(home, 'config') };
  for (const profile of existsSync(state) ? readdirSync(state) : []) spawnSync(knarr, ['destroy', '--profile', profile], { env });
  rmSync(home, { recursive: true, force: true });
}
