import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { systemClock } from '../../src/api/clock';
import { registry } from '../../src/main/registry';
import { run } from '../../src/main/run';
import { eventually, startedCluster, type TestCluster } from '../support/cluster';

jest.setTimeout(300_000);

// Every example in the help texts, as it stands there, in a namespace of its own on one cluster.
const profile = 'examples';
const files = join(__dirname, '../parity/files');

/** Beginnings of examples that other tests run, since they need more than objects. */
const elsewhere: Record<string, string> = {
  'start': 'lifecycle.test.ts', 'stop': 'lifecycle.test.ts', 'status': 'lifecycle.test.ts', 'destroy': 'lifecycle.test.ts', 'node ': 'nodes.test.ts',
  'attach': 'real containers', 'exec': 'real containers', 'cp': 'real containers', 'debug': 'real containers', 'port-forward': 'real containers',
  'completion': 'shells, in test/cli/completion', 'run -it': 'real containers', 'proxy': 'ports that may be taken', 'logs web --previous': 'a container that ended',
};

const labels = { app: 'web' };
const podSpec = { containers: [{ name: 'nginx', image: 'nginx', ports: [{ name: 'http', containerPort: 80 }] }, { name: 'side', image: 'busybox' }] };
const deployment = {
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', labels },
  spec: { replicas: 3, selector: { matchLabels: { app: 'web', of: 'deployment' } }, template: { metadata: { labels: { ...labels, of: 'deployment' } }, spec: podSpec } },
};
const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', labels }, spec: podSpec };
const service = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', labels }, spec: { selector: labels, ports: [{ port: 80 }] } };

interface Scene {
  /** In the namespace beforehand. */
  readonly objects?: readonly object[];
  /** Commands that have run by then. */
  readonly before?: readonly string[];
  /** Commands that take away what is not in the namespace. */
  readonly after?: readonly string[];
  /** It goes on until it is stopped, which happens once it has written something. */
  readonly endless?: boolean;
  /** Another one than 0 that is right, too. */
  readonly code?: number;
  /** It changes nothing, and so shares its namespace. */
  readonly reads?: boolean;
  /** What it waits for comes by itself. */
  readonly patient?: boolean;
}

const nothing: Scene = { objects: [] };
const usual: Scene = { objects: [deployment, pod, service] };
const reading: Scene = { ...usual, reads: true };
const readingNothing: Scene = { ...nothing, reads: true };
const manifest = 'cat web.yaml | ';

/** The first row that the example begins with; all others find a deployment, a pod and a service, each named web. */
const scenes: readonly (readonly [beginning: string, Scene])[] = [
  ['create job tick-now', { ...nothing, before: ['create cronjob tick --image=busybox --schedule=@hourly'] }],
  ['create', nothing], ['run', nothing], ['apply -f', nothing], [`${manifest}create`, nothing], [`${manifest}apply`, nothing], ['wait --for=delete', nothing],
  ['expose service', usual], ['expose', { objects: [deployment, pod] }],
  ['certificate', { ...nothing, before: ['delete csr jane --ignore-not-found', 'create -f csr.json'] }],
  ['auth can-i get pods', { ...readingNothing, code: 1 }], ['auth can-i', readingNothing], ['auth whoami', readingNothing],
  ['rollout resume', { ...usual, before: ['rollout pause deployment/web'] }],
  ['rollout undo', { ...usual, before: ['set image deployment/web nginx=nginx:1.26', 'rollout status deployment/web', 'set image deployment/web nginx=nginx:1.27', 'rollout status deployment/web'] }],
  ['rollout history', { ...usual, before: ['set image deployment/web nginx=nginx:1.26', 'rollout status deployment/web', 'set image deployment/web nginx=nginx:1.27', 'rollout status deployment/web'] }],
  ['set env --from', { ...usual, before: ['create configmap page --from-literal=color=blue'] }],
  ['replace', { ...usual, before: ['rollout status deployment/web'] }],
  ['set subject', { ...nothing, before: ['create rolebinding admins --clusterrole=admin'] }],
  ['logs -f', { ...usual, before: ['rollout status deployment/web'], endless: true }],
  ['logs', { ...reading, before: ['wait --for=condition=Ready pod/web', 'rollout status deployment/web'] }],
  ['events --for=pod/web --watch', { ...usual, endless: true, before: ['wait --for=condition=Ready pod/web'] }],
  ['get pods -l app=web -w', { ...usual, endless: true }],
  ['cordon', { ...nothing }], ['uncordon', { ...nothing }], ['drain', { ...nothing, patient: true }], ['taint', nothing],
  ['top', { ...nothing, patient: true }],
  ['why pod/web pod/db', { objects: [pod, { ...pod, metadata: { name: 'db' } }], before: ['wait --for=condition=Ready pod/web pod/db'] }],
  ['why pod/web service/db', {
    objects: [pod, { ...pod, metadata: { name: 'db', labels: { app: 'db' } } }, { ...service, metadata: { name: 'db' }, spec: { selector: { app: 'db' }, ports: [{ port: 80 }] } }],
    before: ['wait --for=condition=Ready pod/web pod/db'], patient: true,
  }],
  ['why pod/web pod/dns', { objects: [pod], before: ['run dns --image=busybox --namespace=kube-system', 'wait --for=condition=Ready pod/web', 'wait --for=condition=Ready pod/dns --namespace=kube-system'], after: ['delete pod dns --namespace=kube-system --now'] }],
  ...['config', 'kustomize', 'convert', 'api-', 'cluster-info', 'version', 'explain'].map((word) => [word, readingNothing] as const),
  ...['get', 'describe', 'rollout status', 'events', 'diff', 'patch -f', 'label pod web --list', 'annotate pod web --list', 'set env deployment/web --list', 'wait', 'apply view']
    .map((word) => [word, reading] as const),
];

const programWord = /^((?:\w+="?[^"]*"? |cat \S+ \| )*)knarr /;
/** Without the program's name: what the tables above say. */
const bare = (example: string) => example.replace(programWord, (_, before: string) => (before.startsWith('cat') ? before : '')).trim();
const sceneOf = (example: string): Scene => scenes.find(([beginning]) => bare(example).startsWith(beginning))?.[1] ?? usual;

const examples: string[] = [];
let cluster: TestCluster;
let folder: string;
let words: Map<string, { env: Record<string, string>; args: string[] }>;
let count = 0;

/** The words of command lines, as a shell takes them apart. `knarr` as an argument is the name of the cluster. */
function shellWords(lines: readonly string[]): typeof words {
  const script = `knarr() { printf '%s\\0' "$KUBE_EDITOR" "$KUBECTL_EXTERNAL_DIFF" "$@"; printf '\\1'; }\n${lines.join('\n')}\n`;
  const { stdout, status, stderr } = spawnSync('bash', ['-c', script], { encoding: 'utf8', cwd: folder });
  if (status !== 0) throw new Error(stderr);
  const found = stdout.split('\u0001').slice(0, -1).map((text) => {
    const [editor, diff, ...args] = text.split('\0').slice(0, -1) as [string, string, ...string[]];
    return { env: { ...(editor && { KUBE_EDITOR: editor }), ...(diff && { KUBECTL_EXTERNAL_DIFF: diff }) }, args: args.map((arg) => arg.replace(/(^|\/)knarr$/, `$1${profile}`)) };
  });
  expect(found).toHaveLength(lines.length);
  return new Map(lines.map((line, index) => [line, found[index]!]));
}

beforeAll(async () => {
  for (const [path, { load }] of Object.entries(registry)) {
    const { default: Cmd } = await load();
    examples.push(...(Cmd.examples ?? []).map(String).filter((example) => !Object.keys(elsewhere).some((beginning) => `${path} `.startsWith(`${beginning} `) || bare(example).startsWith(beginning))));
  }
  cluster = startedCluster(profile, 'sim');
  folder = join(cluster.home, 'folder');
  prepareFolder();
  words = shellWords([...examples, ...scenes.flatMap(([, { before = [], after = [] }]) => [...before, ...after].map((line) => `knarr ${line}`))]);
});
afterAll(() => cluster?.destroy());

/** The files that examples name. */
function prepareFolder(): void {
  for (const each of ['overlays/production', 'base', 'pages', 'bin']) mkdirSync(join(folder, each), { recursive: true });
  const texts: Record<string, string> = {
    'web.yaml': JSON.stringify(deployment), 'base/web.yaml': JSON.stringify(deployment), 'index.html': 'hello', 'csr.json': readFileSync(join(files, 'csr.json'), 'utf8').replace(/"name": ?"[^"]*"/, '"name":"jane"'),
    'roles.yaml': readFileSync(join(files, 'roles.yaml'), 'utf8').replaceAll('OWN', 'default'),
    'kustomization.yaml': 'resources: [base]', 'base/kustomization.yaml': 'resources: [web.yaml]', 'overlays/production/kustomization.yaml': 'resources: [../../base]\nnamePrefix: production-',
  };
  for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
  for (const program of ['nano', 'kubectl-hello']) writeFileSync(join(folder, 'bin', program), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
  cpSync(join(files, 'tls.crt'), join(folder, 'web.crt'));
  cpSync(join(files, 'tls.key'), join(folder, 'web.key'));
}

type Result = { code: number; out: string; err: string };

async function knarr(kubeconfig: string, { args, env = {} }: { args: string[]; env?: Record<string, string> }, { stdin = '', endless = false } = {}): Promise<Result> {
  const written = { out: '', err: '' };
  const stop = new AbortController();
  const stopped = new Promise<number>((resolve) => stop.signal.addEventListener('abort', () => setTimeout(resolve, 50, 0)));
  const ended = run(args, {
    streams: {
      in: Readable.from(stdin ? [Buffer.from(stdin)] : []),
      out: { write: (chunk) => { written.out += String(chunk); if (endless) stop.abort(); } },
      err: { write: (chunk) => { written.err += String(chunk); } },
    },
    env: { KUBECONFIG: kubeconfig, KNARR_HOME: cluster.env.KNARR_HOME, PATH: `${join(folder, 'bin')}:${process.env.PATH}`, EDITOR: 'true', ...env },
    home: cluster.home, cwd: folder, clock: systemClock, random: Math.random, signal: stop.signal,
  });
  const code = await Promise.race([ended, stopped]);
  // How what never ends takes its end is not asked.
  return { code: stop.signal.aborted ? 0 : code, ...written };
}

async function ok(kubeconfig: string, args: string[], stdin = ''): Promise<string> {
  const { code, out, err } = await knarr(kubeconfig, { args }, { stdin });
  if (code !== 0) throw new Error(`${args.join(' ')}: ${err}`);
  return out;
}

/** A kubeconfig that leads into a namespace; it also holds entries that may be removed. */
async function kubeconfigFor(namespace: string): Promise<string> {
  const config = JSON.parse(await ok(cluster.kubeconfig, ['config', 'view', '--raw', '-o', 'json'])) as { contexts: { context: object }[]; clusters: object[]; users: object[] };
  config.contexts[0]!.context = { ...config.contexts[0]!.context, namespace };
  config.contexts.push(...['old', 'mine'].map((name) => ({ name, context: { cluster: 'old', user: 'old', namespace: 'x' } })));
  config.clusters.push({ name: 'old', cluster: { server: 'https://127.0.0.1:1' } });
  config.users.push({ name: 'old', user: { token: 'x' } }, { name: 'jane', user: { token: 'x' } });
  const kubeconfig = join(cluster.home, `config-${++count}.json`);
  writeFileSync(kubeconfig, JSON.stringify(config));
  return kubeconfig;
}

/** A namespace with the scene's objects. */
async function build({ objects = [], before = [] }: Scene): Promise<string> {
  const namespace = `example-${++count}`;
  const kubeconfig = await kubeconfigFor(namespace);
  await ok(kubeconfig, ['create', 'namespace', namespace]);
  await eventually(() => ok(kubeconfig, ['get', 'serviceaccount', 'default']));
  if (objects.length) await ok(kubeconfig, ['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects }));
  for (const line of before) await ok(kubeconfig, words.get(`knarr ${line}`)!.args);
  return namespace;
}

const shared = new Map<Scene, Promise<string>>();

function enter(scene: Scene): Promise<string> {
  if (!scene.reads) return build(scene);
  const namespace = shared.get(scene) ?? build(scene);
  shared.set(scene, namespace);
  return namespace;
}

async function leave(kubeconfig: string): Promise<void> {
  await ok(kubeconfig, ['delete', 'deployments,pods', '--all', '--force', '--grace-period=0', '--wait=false']);
}

async function works(example: string): Promise<string | undefined> {
  const scene = sceneOf(example);
  const kubeconfig = await kubeconfigFor(await enter(scene));
  const options = { endless: scene.endless ?? false, stdin: example.startsWith('cat ') ? readFileSync(join(folder, 'web.yaml'), 'utf8') : '' };
  const attempt = async () => {
    const { code, err } = await knarr(kubeconfig, words.get(example)!, options);
    if (code !== 0 && code !== scene.code) throw new Error(`exit code ${code}: ${err}`);
    return true;
  };
  try {
    await (scene.patient ? eventually(attempt) : attempt());
    return undefined;
  } catch (error) {
    return `${example}: ${(error as Error).message}`;
  } finally {
    for (const line of scene.after ?? []) await ok(kubeconfig, words.get(`knarr ${line}`)!.args);
    if (!scene.reads) await leave(kubeconfig);
  }
}

/** Of the cluster or of one object in it. */
const notAtOnce = /knarr (cordon|uncordon|drain|taint|top|certificate) /;

test('examples of the help texts work', async () => {
  const left = examples.filter((example) => !notAtOnce.test(example));
  const failures: (string | undefined)[] = [];
  await Promise.all(Array.from({ length: 6 }, async () => {
    for (let next = left.shift(); next; next = left.shift()) failures.push(await works(next));
  }));
  for (const namespace of shared.values()) await leave(await kubeconfigFor(await namespace));
  expect(failures.filter(Boolean)).toEqual([]);
});

test('those about what is there once work, one after the other', async () => {
  const failures: (string | undefined)[] = [];
  for (const example of examples.filter((each) => notAtOnce.test(each))) {
    failures.push(await works(example));
    if (example.includes('drain')) await ok(cluster.kubeconfig, ['uncordon', profile]);
  }
  expect(failures.filter(Boolean)).toEqual([]);
});
