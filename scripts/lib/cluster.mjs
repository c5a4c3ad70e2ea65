// A throwaway cluster for scripts: its own home, kubeconfig and profile, removed at the end whatever happens.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const knarr = join(root, 'bin/knarr');

export function withCluster({ profile, runtime }, use) {
  const home = mkdtempSync(join(tmpdir(), `knarr-${profile}-`));
  const env = { ...process.env, HOME: home, KNARR_HOME: join(home, 'knarr'), KUBECONFIG: join(home, 'config'), KNARR_PROFILE: profile };
  const start = spawnSync(knarr, ['start', '--profile', profile, '--runtime', runtime], { env, encoding: 'utf8' });
  try {
    if (start.status !== 0) throw new Error(`knarr start: ${start.stdout}${start.stderr}`);
    return use({ home, env, profile });
  } finally {
    spawnSync(knarr, ['destroy', '--profile', profile], { env });
    rmSync(home, { recursive: true, force: true });
  }
}
