// From `create deployment` to a Ready pod on Docker, against the bare engine starting the same two containers
// (a sandbox without network, and the application that joins it).
import { spawnSync } from 'node:child_process';
import { knarr, withCluster } from '../lib/cluster.mjs';
import oracle from '../lib/oracle.cjs';
import { median, timed } from './stats.mjs';

const runs = 9;
const image = 'nginx:1.27';

function must(program, args, env) {
  const { status, stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

function bareEngine() {
  const sandbox = must('docker', ['run', '-d', '--network', 'none', '--ipc', 'shareable', 'busybox:1.36', 'sleep', '3600']);
  const app = must('docker', ['run', '-d', '--network', `container:${sandbox}`, '--ipc', `container:${sandbox}`, image]);
  return [app, sandbox];
}

/** The engine must be idle again before the next pair. */
function untilGone(prefix) {
  while (must('docker', ['ps', '-aq', '--filter', `name=${prefix}`])) spawnSync('sleep', ['0.1']);
}

export function benchDockerReady() {
  if (spawnSync('docker', ['version']).status !== 0) return { name: 'create deployment to Ready on docker', skipped: 'no Docker engine answers' };
  return withCluster({ profile: 'bench', runtime: 'docker' }, ({ env }) => {
    const ours = (name) => timed(() => {
      must(knarr, ['create', 'deployment', name, `--image=${image}`], env);
      must(oracle.kubectlPath(), ['wait', '--for=condition=Available', `deployment/${name}`, '--timeout=60s'], env);
    });
    const theirs = () => {
      let containers;
      const elapsedMs = timed(() => { containers = bareEngine(); });
      spawnSync('docker', ['rm', '-f', ...containers]);
      return elapsedMs;
    };
    const pairs = Array.from({ length: runs }, (_, index) => {
      const pair = [ours(`web-${index}`), theirs()];
      must(oracle.kubectlPath(), ['delete', 'deployment', `web-${index}`, '--cascade=foreground'], env);
      untilGone(`knarr-bench-default-web-${index}-`);
      return pair;
    });
    const ratio = median(pairs.map(([a, b]) => a / b));
    return {
      name: 'create deployment to Ready on docker / bare engine', value: ratio, limit: 1.5,
      detail: `${median(pairs.map(([a]) => a)).toFixed(0)} ms / ${median(pairs.map(([, b]) => b)).toFixed(0)} ms`,
    };
  });
}
