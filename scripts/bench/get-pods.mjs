// `knarr get pods` against kubectl, whole processes, over mTLS to the same server.
import { spawnSync } from 'node:child_process';
import oracle from '../lib/oracle.cjs';
import { knarr, withCluster } from '../lib/cluster.mjs';
import { pairedRatio } from './stats.mjs';

const pods = 10;

export function benchGetPods() {
  return withCluster({ profile: 'bench', runtime: 'sim' }, ({ env }) => {
    const run = (program, ...args) => {
      const { status, stderr } = spawnSync(program, args, { env });
      if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
    };
    run(oracle.kubectlPath(), 'create', 'deployment', 'web', '--image=nginx', `--replicas=${pods}`);
    run(oracle.kubectlPath(), 'wait', '--for=condition=Available', 'deployment/web', '--timeout=30s');
    const { ratio, aMs, bMs } = pairedRatio(() => run(knarr, 'get', 'pods'), () => run(oracle.kubectlPath(), 'get', 'pods'), { runs: 25, warmup: 3 });
    return { name: 'get pods, knarr / kubectl (mTLS)', value: ratio, limit: 1.0, detail: `${aMs.toFixed(0)} ms / ${bMs.toFixed(0)} ms` };
  });
}
