// A throwaway cluster for scripts: its own home, kubeconfig and profile, removed at the end whatever happens.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
export const knarr = join(root, 'bin/knarr');

/** Resolves to what `use({ home, env, profile })` resolves to. */
export async function withCluster({ profile, runtime }, use) {
  const home = mkdtempSync(join(tmpdir(), `knarr-${profile}-`));
  const env = { ...process.env, HOME: home, KNARR_HOME: join(home, 'knarr'), KUBECONFIG: join(home, 'config') };
  const remove = () => {
    spawnSync(knarr, ['destroy', '--profile', profile], { env });
    rmSync(home, { recursive: true, force: true });
  };
  const interrupted = () => {
    remove();
    process.exit(130);
  };
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted);
  try {
    const { status, stdout, stderr } = spawnSync(knarr, ['start', '--profile', profile, '--runtime', runtime], { env, encoding: 'utf8' });
    if (status !== 0) throw new Error(`knarr start: ${stdout}${stderr}`);
    return await use({ home, env, profile });
  } finally {
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
    remove();
  }
}
