// Twenty pods from `apply` to Ready on Docker, against the bare engine starting the same forty containers (a sandbox
// without network and the application that joins it, each) all at once.
import { spawn, spawnSync } from 'node:child_process';
import { withCluster } from '../lib/cluster.mjs';
import oracle from '../lib/oracle.cjs';
import { median } from './stats.mjs';

const count = 20;
const runs = 3;
const image = 'nginx:1.27';
const names = Array.from({ length: count }, (_, index) => `pod-${index}`);

function run(program, args, { env, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
    let [output, complaint] = ['', ''];
    child.stdout.on('data', (chunk) => { output += chunk; });
    child.stderr.on('data', (chunk) => { complaint += chunk; });
    child.on('error', reject).on('close', (code) => (code === 0 ? resolve(output.trim()) : reject(new Error(`${program} ${args.join(' ')}: ${complaint}`))));
    child.stdin.end(input);
  });
}

async function timed(work) {
  const startMs = performance.now();
  const result = await work();
  return { elapsedMs: performance.now() - startMs, result };
}

const manifest = JSON.stringify({
  apiVersion: 'v1', kind: 'List',
  items: names.map((name) => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { name, labels: { app: 'many' } },
    spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'web', image }] },
  })),
});

async function bareEngine() {
  return (await Promise.all(names.map(async () => {
    const sandbox = await run('docker', ['run', '-d', '--network', 'none', '--ipc', 'shareable', 'busybox:1.36', 'sleep', '3600']);
    return [await run('docker', ['run', '-d', '--network', `container:${sandbox}`, '--ipc', `container:${sandbox}`, image]), sandbox];
  }))).flat();
}

export async function benchDockerMany() {
  const name = '20 pods, apply to Ready on docker / bare engine';
  if (spawnSync('docker', ['version']).status !== 0) return { name, skipped: 'no Docker engine answers' };
  return withCluster({ profile: 'bench-many', runtime: 'docker' }, async ({ env }) => {
    const kubectl = (args, input) => run(oracle.kubectlPath(), args, { env, input });
    const ours = () => timed(async () => {
      await kubectl(['apply', '-f', '-'], manifest);
      await kubectl(['wait', '--for=condition=Ready', 'pod', '-l', 'app=many', '--timeout=120s']);
    });
    const pairs = [];
    for (let turn = 0; turn < runs; turn++) {
      const { elapsedMs: oursMs } = await ours();
      await kubectl(['delete', 'pod', '-l', 'app=many', '--wait']);
      const { elapsedMs: theirsMs, result: containers } = await timed(bareEngine);
      await run('docker', ['rm', '-f', ...containers]);
      pairs.push([oursMs, theirsMs]);
    }
    return {
      name, value: median(pairs.map(([a, b]) => a / b)), limit: 1.3,
      detail: `${median(pairs.map(([a]) => a)).toFixed(0)} ms / ${median(pairs.map(([, b]) => b)).toFixed(0)} ms`,
    };
  });
}
