// From `knarr start` to ready with many objects in the store.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { knarr, withCluster } from '../lib/cluster.mjs';
import { loadSource } from './load-source.mjs';
import { median, timed } from './stats.mjs';

const objects = 100_000;
const runs = 3;

const configMap = (name) => (revision) => ({
  kind: 'ConfigMap', apiVersion: 'v1',
  metadata: { name, namespace: 'default', uid: `00000000-0000-4000-8000-${String(revision).padStart(12, '0')}`, resourceVersion: String(revision), creationTimestamp: '2026-01-31T12:00:00Z' },
  data: Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`key-${index}`, 'some text that is neither long nor short '.repeat(2)])),
});

async function fill(directory) {
  const { openDiskStore } = await loadSource(`export { openDiskStore } from './src/cluster/store';`);
  const store = await openDiskStore(directory);
  for (let from = 0; from < objects; from += 1000) {
    await Promise.all(Array.from({ length: 1000 }, (_, index) => `stored-${from + index}`).map((name) => store.create(`/configmaps/default/${name}`, configMap(name))));
  }
  await store.close();
}

export function benchStartFull() {
  return withCluster({ profile: 'bench', runtime: 'sim' }, async ({ env }) => {
    const run = (...args) => {
      const { status, stdout, stderr } = spawnSync(knarr, [...args, '--profile', 'bench'], { env, encoding: 'utf8' });
      if (status !== 0) throw new Error(`knarr ${args.join(' ')}: ${stdout}${stderr}`);
    };
    run('stop');
    await fill(join(env.KNARR_HOME, 'bench', 'store'));
    const times = Array.from({ length: runs }, () => {
      const elapsedMs = timed(() => run('start'));
      run('stop');
      return elapsedMs;
    });
    return { name: `start with ${objects} stored objects, seconds`, value: median(times) / 1000, limit: 2, detail: `median of ${runs}` };
  });
}
