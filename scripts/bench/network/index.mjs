// The network on Docker: each way to a server against the shortest one, in turns, in one run.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { knarr, withCluster } from '../../lib/cluster.mjs';
import { median } from '../stats.mjs';
import { objects, proxy, serverConfig } from './objects.mjs';
import { benchRules } from './rules.mjs';

const generator = fileURLToPath(new URL('generator.mjs', import.meta.url));
const seconds = process.env.BENCH_SECONDS ?? '2';
const turns = Number(process.env.BENCH_TURNS ?? 5);
const profile = 'bench-net';

function must(program, args, { env, input } = {}) {
  const { status, stdout, stderr } = spawnSync(program, args, { env, input, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Runs this machine's node in the network of a pod's process, with no right of our own to enter it. */
const inPod = (pid) => (args) => must('docker', [
  'run', '--rm', '--network', 'none', '--pid', 'host', '--cap-add', 'SYS_ADMIN', '--cap-add', 'SYS_PTRACE', '--security-opt', 'seccomp=unconfined', '--security-opt', 'apparmor=unconfined',
  '-v', '/:/host:ro', 'knarr/node:1', '/usr/bin/nsenter', '-t', pid, '-n', '/bin/busybox', 'chroot', '/host', process.execPath, ...args,
]);
const here = (args) => must(process.execPath, args);

/** Requests a second of both, in turns; the value is how much longer one takes through ours. */
function compare({ name, limit, from, ours, theirs, mode, connections = 16 }) {
  const load = ({ host, port, name: site = '' }) => Number(from([generator, host, String(port), seconds, String(connections), mode, ...(site ? [site] : [])]));
  const runs = Array.from({ length: turns }, (_, turn) => {
    // Whoever comes first has the machine's caches against it, so they change places.
    const first = turn % 2 ? load(theirs) : load(ours);
    const second = turn % 2 ? load(ours) : load(theirs);
    return turn % 2 ? { ours: second, theirs: first } : { ours: first, theirs: second };
  });
  const middle = (of) => median(runs.map((run) => run[of]));
  const value = median(runs.map((run) => run.theirs / run.ours));
  return { name, value, limit, detail: `${middle('ours').toFixed(0)}/s / ${middle('theirs').toFixed(0)}/s (${(1 / value).toFixed(2)} of its requests a second)` };
}

function published() {
  const id = must('docker', ['run', '-d', '--rm', '--network', `knarr-${profile}`, '-p', '127.0.0.1::8080', '-e', `CONFIG=${serverConfig}`, 'nginx:1.27', 'sh', '-c', `printf '%s' "$CONFIG" > /etc/nginx/nginx.conf; exec nginx -g 'daemon off;'`]);
  return { id, host: '127.0.0.1', port: must('docker', ['port', id, '8080/tcp']).split(':').at(-1) };
}

function benchTraffic({ env }) {
  const kubectl = (args, input) => must(knarr, args, { env, input });
  const field = (what, path) => kubectl(['get', ...what.split(' '), '-o', `jsonpath={${path}}`]);
  const apply = (items) => kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));
  apply(objects);
  kubectl(['wait', '--for=condition=Ready', 'pod/server', 'pod/client', '--timeout=180s']);
  const [direct, clusterIP, nodePort, nodeAddress] = [field('pod server', '.status.podIP'), field('svc server', '.spec.clusterIP'), field('svc server', '.spec.ports[0].nodePort'), field(`node ${profile}`, '.status.addresses[0].address')];
  apply([proxy(direct)]);
  kubectl(['wait', '--for=condition=Ready', 'pod/proxy', '--timeout=180s']);
  const ingress = new URL(JSON.parse(must(knarr, ['status', '--profile', profile, '-o', 'json'], { env })).ingress[0]);
  const container = must('docker', ['ps', '-q', '--filter', `name=knarr-${profile}-default-client-main`]);
  const from = inPod(must('docker', ['inspect', '--format', '{{.State.Pid}}', container]));
  const bare = published();
  try {
    const pod = { host: direct, port: 8080 };
    const service = { host: clusterIP, port: 80 };
    const opened = { host: '127.0.0.1', port: nodePort };
    const behind = { host: '127.0.0.1', port: ingress.port || 80, name: 'bench.example' };
    const nginx = { host: nodeAddress, port: 8088, name: 'bench.example' };
    const cases = [
      { name: 'cluster IP / pod IP, keep-alive', limit: 1 / 0.9, from, ours: service, theirs: pod, mode: 'keep' },
      { name: 'cluster IP / pod IP, new connections', limit: 1 / 0.9, from, ours: service, theirs: pod, mode: 'new' },
      { name: 'node port / port published by the engine, keep-alive', limit: 1 / 0.9, from: here, ours: opened, theirs: bare, mode: 'keep' },
      { name: 'node port / port published by the engine, new', limit: 1 / 0.9, from: here, ours: opened, theirs: bare, mode: 'new' },
      { name: 'ingress / nginx as a reverse proxy, keep-alive', limit: 2, from: here, ours: behind, theirs: nginx, mode: 'keep' },
    ];
    return cases.filter(({ name }) => name.includes(process.env.BENCH_CASE ?? '')).map(compare);
  } finally {
    must('docker', ['rm', '-f', bare.id]);
  }
}

export async function benchNetwork() {
  if (spawnSync('docker', ['version']).status !== 0) return { name: 'network', skipped: 'no Docker engine answers' };
  const rules = process.env.BENCH_CASE && !'rule update'.includes(process.env.BENCH_CASE) ? [] : [await benchRules()];
  return [...rules, ...(process.env.BENCH_CASE === 'rule update' ? [] : await withCluster({ profile, runtime: 'docker' }, benchTraffic))];
}
