import { execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { get } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { eventually, startedCluster, type TestCluster } from '../../support/cluster';
import { kubectlPath } from '../../support/oracle';
import { runAsync } from '../../support/process';

/** One cluster of two nodes on Docker, and ways to ask from a pod and from this machine. */
export interface Network {
  readonly cluster: TestCluster;
  /** By name, in the order of their names. */
  readonly nodes: readonly { name: string; address: string; container: string }[];
  /** Fails unless kubectl succeeds. */
  ok(...args: string[]): Promise<string>;
  apply(...objects: object[]): Promise<void>;
  /** A field of an object. */
  field(what: string, path: string): Promise<string>;
  inPod(pod: string, script: string): Promise<string>;
  /** What the address said to each of so many requests, '' where nothing came. */
  ask(pod: string, url: string, times?: number): Promise<string[]>;
}

export async function startNetwork(profile: string): Promise<Network> {
  execFileSync('node', ['scripts/images.mjs'], { cwd: join(__dirname, '../../..'), stdio: 'pipe' });
  const cluster = startedCluster(profile, 'docker', ['--nodes', '2']);
  const ok = async (...args: string[]) => {
    const { code, stdout, stderr } = await runAsync(kubectlPath(), args, cluster.env);
    if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
    return stdout;
  };
  const apply = async (...objects: object[]) => {
    const { code, stderr } = await runAsync(kubectlPath(), ['apply', '-f', '-'], cluster.env, JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
    if (code !== 0) throw new Error(`kubectl apply: ${stderr}`);
  };
  const inPod = async (pod: string, script: string) => {
    const [name = '', namespace = 'default'] = pod.split('.');
    return (await runAsync(kubectlPath(), ['exec', '-n', namespace, name, '--', 'sh', '-c', script], cluster.env)).stdout;
  };
  const listed = (await ok('get', 'nodes', '-o', 'jsonpath={range .items[*]}{.metadata.name} {.status.addresses[?(@.type=="InternalIP")].address}{"\\n"}{end}')).trim().split('\n').sort();
  return {
    cluster, ok, apply, inPod,
    nodes: listed.map((line) => line.split(' ')).map(([name = '', address = '']) => ({ name, address, container: containerAt(address) })),
    field: (what, path) => ok('get', ...what.split(' '), '-o', `jsonpath={${path}}`),
    async ask(pod, url, times = 1) {
      const said = await inPod(pod, `for turn in $(seq ${times}); do echo "$(timeout 5 wget -qO- http://${url}/ 2>/dev/null)"; done`);
      return said.split('\n').slice(0, times).map((line) => line.trim());
    },
  };
}

/** The node container that has the address. */
function containerAt(address: string): string {
  const ids = execFileSync('docker', ['ps', '-q'], { encoding: 'utf8' }).trim().split('\n').filter(Boolean);
  const format = '{{.Id}} {{range .NetworkSettings.Networks}}{{.IPAddress}} {{end}}';
  const lines = execFileSync('docker', ['inspect', '--format', format, ...ids], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => line.split(' ')).find(([, ...addresses]) => addresses.includes(address))![0]!;
}

/** From this machine, by a connection of its own. */
export const page = (host: string, port: number) => new Promise<string>((resolve, reject) => {
  const request = get({ host, port, agent: false, timeout: 5000 }, (response) => void text(response).then((said) => resolve(said.trim()), reject));
  request.on('timeout', () => request.destroy(new Error('nothing came'))).on('error', reject);
});

/** A datagram from this machine: what came back, '' for nothing. */
export const datagram = (host: string, port: number) => new Promise<string>((resolve) => {
  const socket = createSocket('udp4');
  const end = (said: string) => {
    clearTimeout(timer);
    socket.close(() => resolve(said));
  };
  const timer = setTimeout(() => end(''), 2000);
  socket.on('message', (message) => end(message.toString().trim())).on('error', () => end(''));
  socket.send('hello\n', port, host);
});

const untilTold = 'trap "exit 0" TERM; while :; do sleep 3600 & wait $!; done';

interface PodSettings {
  readonly labels?: Record<string, string>;
  readonly namespace?: string;
  readonly node?: string;
}

export const pod = (name: string, containers: object[], { labels = {}, namespace = 'default', node }: PodSettings = {}, more: object = {}) => ({
  apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace, labels }, spec: { terminationGracePeriodSeconds: 1, ...(node && { nodeName: node }), ...more, containers },
});

/** Something to ask from. */
export const client = (name: string, settings: PodSettings = {}, image = 'busybox:1.36') => pod(name, [{ name: 'main', image, command: ['sh', '-c', untilTold] }], settings);

/** Says its own name and who asks. */
export const server = (port: number, more: object = {}) => ({
  name: `server-${port}`, image: 'nginx:1.27', ports: [{ name: `http-${port}`, containerPort: port }], readinessProbe: { httpGet: { port }, periodSeconds: 1, timeoutSeconds: 5 },
  command: ['sh', '-c', `echo 'server { listen ${port}; location / { return 200 "$hostname $remote_addr\\n"; } }' > /etc/nginx/conf.d/default.conf; exec nginx -g 'daemon off;'`], ...more,
});

export const udpServer = (port: number) => ({ name: `udp-${port}`, image: 'socat:1.7', command: ['socat', `UDP-LISTEN:${port},fork`, 'SYSTEM:hostname'], ports: [{ containerPort: port, protocol: 'UDP' }] });

export const service = (name: string, spec: object) => ({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'default' }, spec });

export const policy = (name: string, spec: object) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace: 'default' }, spec });

/** Until the answers, whose names come first in them, are those of exactly these pods. */
export async function answeredBy(ask: () => Promise<string[]>, ...names: string[]): Promise<void> {
  await eventually(async () => {
    expect([...new Set((await ask()).map((said) => said.split(' ')[0]!))].sort()).toEqual(names.sort());
    return true;
  }, 60_000);
}
