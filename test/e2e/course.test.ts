import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { background, eventually, startedCluster, type TestCluster } from '../support/cluster';
import { describeWithEngine } from '../support/engine';
import { kubectlPath } from '../support/oracle';
import { runAsync } from '../support/process';

jest.setTimeout(240_000);

const profile = 'e2e-course';
const first = profile;
const second = `${profile}-m02`;
const manifests = ['workloads.yaml', 'containers.yaml', 'rules.yaml', 'placement.yaml'].map((name) => readFileSync(join(__dirname, 'course', name), 'utf8')).join('\n---\n');
const atOnce = 4;
const ownNode = 'lesson=placement:NoSchedule';

let cluster: TestCluster;
const tried = (...args: string[]) => runAsync(kubectlPath(), ['-n', 'course', ...args], cluster.env);
const ok = async (...args: string[]) => {
  const { stdout, stderr, code } = await tried(...args);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout;
};
const field = (what: string, path: string) => ok('get', ...what.split(' '), '-o', `jsonpath=${path}`);
const comes = (what: string, path: string, wanted: string) => ok('wait', ...what.split(' '), `--for=jsonpath=${path}=${wanted}`, '--timeout=120s');
const ready = (name: string) => ok('wait', `pod/${name}`, '--for=condition=Ready', '--timeout=120s');
const isReady = (name: string) => field(`pod ${name}`, '{.status.conditions[?(@.type=="Ready")].status}');
const inPod = (pod: string, script: string) => ok('exec', pod, '--', 'sh', '-c', script);
const says = (args: string[], text: RegExp) => eventually(async () => text.test(await ok(...args)), 90_000);

/** What people are taught with: the manifests are applied at once, each lesson looks at its own, all at the same time. */
const lessons: Record<string, () => Promise<unknown>> = {
  async 'a Deployment rolls out one image after the other, and back, and no request is lost meanwhile'() {
    await ok('rollout', 'status', 'deployment/site', '--timeout=100s');
    const load = background(process.execPath, [join(__dirname, '../support/load.cjs'), await field('service site', '{.spec.ports[0].nodePort}')], process.env);
    await ok('set', 'image', 'deployment/site', 'web=nginx:alpine');
    await ok('annotate', 'deployment/site', 'kubernetes.io/change-cause=second', '--overwrite');
    await ok('rollout', 'status', 'deployment/site', '--timeout=100s');
    expect(await ok('rollout', 'history', 'deployment/site')).toMatch(/\n1 +first\n2 +second\n/);
    await ok('set', 'image', 'deployment/site', 'web=knarr.invalid/none:1');
    expect(await tried('rollout', 'status', 'deployment/site', '--timeout=2s')).toMatchObject({ code: 1 });
    expect(await field('deployment site', '{.status.availableReplicas}')).toBe('2');
    await ok('rollout', 'undo', 'deployment/site', '--to-revision=1');
    await ok('rollout', 'status', 'deployment/site', '--timeout=100s');
    expect(await field('deployment site', '{.spec.template.spec.containers[0].image} {.status.updatedReplicas}')).toBe('nginx:1.27 2');
    await load.end();
    const { answered, failures } = JSON.parse(load.output()) as { answered: number; failures: string[] };
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(100);
  },

  async 'pods go where labels, affinity, taints and a drain let them'() {
    await followLabels();
    await keepAway();
    await drain();
  },

  async 'two containers share a volume, an init container waits for the Service'() {
    await says(['get', 'pod', 'patient', '--no-headers'], /Init:0\/1/);
    await ready('pair');
    await ok('create', 'service', 'clusterip', 'store', '--tcp=80');
    await ready('patient');
    expect(await field('pod patient', '{.status.initContainerStatuses[0].state.terminated.reason}')).toBe('Completed');
    const address = await field('pod pair', '{.status.podIP}');
    expect(await eventually(() => inPod('patient', `timeout 5 wget -qO- http://${address}`))).toBe('written by pair\n');
    expect(await tried('exec', 'pair', '-c', 'server', '--', 'touch', '/usr/share/nginx/html/mine')).toMatchObject({ code: 1, stderr: expect.stringContaining('Read-only file system') });
  },

  async 'probes decide on traffic and on restarts'() {
    await comes('pod probed', '{.status.containerStatuses[0].started}', 'true');
    expect(await isReady('probed')).toBe('False');
    await inPod('probed', 'touch /usr/share/nginx/html/up');
    await ready('probed');
    await comes('endpoints probed', '{.subsets[0].addresses[0].ip}', await field('pod probed', '{.status.podIP}'));
    await inPod('probed', 'rm /usr/share/nginx/html/up');
    await comes('pod probed', '{.status.conditions[?(@.type=="Ready")].status}', 'False');
    await inPod('probed', 'rm /usr/share/nginx/html/alive');
    await comes('pod probed', '{.status.containerStatuses[0].restartCount}', '1');
    expect(await ok('describe', 'pod', 'probed')).toContain('Container web failed liveness probe, will be restarted');
  },

  async 'a database with too little memory is killed, and started anew'() {
    await ready('small');
    await tried('exec', 'small', '--', 'redis-cli', 'setrange', 'big', '200000000', 'x');
    await comes('pod small', '{.status.containerStatuses[0].lastState.terminated.reason}', 'OOMKilled');
    await ready('small');
    expect(await field('pod small', '{.status.qosClass} {.status.containerStatuses[0].restartCount} {.status.containerStatuses[0].lastState.terminated.exitCode}')).toBe('Burstable 1 137');
  },

  async 'secrets and settings are environment'() {
    await comes('pod told', '{.status.phase}', 'Succeeded');
    expect(await ok('logs', 'told')).toBe(`app/correct horse likes green on ${first}: redis://correct horse@store\n`);
  },

  async 'a container gets more while it runs'() {
    await ready('growing');
    const before = await field('pod growing', '{.status.containerStatuses[0].containerID}');
    await ok('patch', 'pod', 'growing', '--subresource=resize', '-p', '{"spec":{"containers":[{"name":"main","resources":{"limits":{"cpu":"300m"}}}]}}');
    await comes('pod growing', '{.status.containerStatuses[0].resources.limits.cpu}', '300m');
    expect(execFileSync('docker', ['inspect', '-f', '{{.HostConfig.CpuQuota}}', before.slice('docker://'.length)], { encoding: 'utf8' })).toBe('30000\n');
    expect(await field('pod growing', '{.status.containerStatuses[0].containerID} {.status.containerStatuses[0].restartCount}')).toBe(`${before} 0`);
  },

  async 'who writes more than it may has to leave'() {
    await Promise.all(['hoarder', 'scratcher'].map((name) => comes(`pod ${name}`, '{.status.reason}', 'Evicted')));
    expect(await field('pod hoarder', '{.status.phase} {.status.message}')).toBe('Failed Pod ephemeral local storage usage exceeds the total limit of containers 1Mi. ');
    expect(await field('pod scratcher', '{.status.phase} {.status.message}')).toBe('Failed Usage of EmptyDir volume "scratch" exceeds the limit "1Mi". ');
  },

  async 'quota and limits hold, and say so'() {
    await says(['describe', 'replicaset', '-n', 'tight'], /exceeded quota: quota, requested: limits.memory=48Mi,requests.cpu=100m, used: limits.memory=96Mi,requests.cpu=200m, limited: limits.memory=128Mi,requests.cpu=250m/);
    expect(await field('pods -n tight', '{.items[0].spec.containers[0].resources}')).toBe('{"limits":{"memory":"48Mi"},"requests":{"cpu":"100m","memory":"16Mi"}}');
    expect(await ok('describe', 'quota', '-n', 'tight')).toMatch(/limits.memory +96Mi +128Mi\npods +2 +3\nrequests.cpu +200m +250m/);
    expect(await tried('run', 'large', '--image=busybox:1.36', '-n', 'tight', '--overrides={"spec":{"containers":[{"name":"large","image":"busybox:1.36","resources":{"limits":{"memory":"1Gi"}}}]}}'))
      .toMatchObject({ code: 1, stderr: expect.stringContaining('maximum memory usage per Container is 64Mi, but limit is 1Gi') });
  },

  async 'a pod may do what its role allows'() {
    await ready('asking');
    const ask = (path: string) => tried('exec', 'asking', '--', 'sh', '-c',
      `wget -qO- --no-check-certificate --header "Authorization: Bearer $(cat /var/run/secrets/kubernetes.io/serviceaccount/token)" https://kubernetes.default.svc${path}`);
    expect(JSON.parse((await ask('/api/v1/namespaces/course/pods/asking')).stdout)).toMatchObject({ kind: 'Pod', metadata: { name: 'asking' } });
    expect(await ask('/api/v1/namespaces/course/secrets')).toMatchObject({ code: 1, stderr: expect.stringContaining('403 Forbidden') });
    expect(await tried('auth', 'can-i', 'delete', 'pods', '--as=system:serviceaccount:course:reader')).toMatchObject({ code: 1, stdout: 'no\n' });
  },
};

const places = async (label: string) => (await field(`pods -l app=${label}`, '{.items[*].spec.nodeName}')).split(' ').filter(Boolean).sort();

async function followLabels(): Promise<void> {
  await ok('rollout', 'status', 'daemonset/disk-watch', '--timeout=60s');
  expect(await places('disk-watch')).toEqual([second]);
  await comes('pod picky', '{.spec.nodeName}', second);
  await ok('label', 'node', first, 'disk=ssd');
  await comes('daemonset disk-watch', '{.status.numberReady}', '2');
  await ok('label', 'node', first, 'disk-');
  await eventually(async () => (await places('disk-watch')).join() === second);
  await comes('deployment apart', '{.status.readyReplicas}', '2');
  expect(await places('apart')).toEqual([first, second]);
  await says(['get', 'events', '--field-selector', 'reason=FailedScheduling', '-o', 'jsonpath={.items[*].message}'], /0\/2 nodes are available: 2 node\(s\) didn't match pod anti-affinity rules\./);
}

async function keepAway(): Promise<void> {
  await ok('taint', 'node', second, 'team=blue:NoExecute');
  await eventually(async () => (await places('apart')).join() === first, 60_000);
  const lesson = { key: 'lesson', operator: 'Exists' };
  const pod = (name: string, ...tolerations: unknown[]) => ok('run', name, '--image=busybox:1.36',
    `--overrides=${JSON.stringify({ spec: { tolerations: [lesson, ...tolerations], nodeSelector: { 'kubernetes.io/hostname': second }, terminationGracePeriodSeconds: 1 } })}`, '--', 'sleep', '3600');
  await Promise.all([pod('blue', { key: 'team', value: 'blue', effect: 'NoExecute' }), pod('red', { key: 'team', value: 'red', effect: 'NoExecute' })]);
  await ready('blue');
  await says(['describe', 'pod', 'red'], /0\/2 nodes are available: 1 node\(s\) didn't match Pod's node affinity\/selector, 1 node\(s\) had untolerated taint {team: blue}\./);
  await ok('taint', 'node', second, 'team-');
  await ready('red');
}

async function drain(): Promise<void> {
  await comes('deployment apart', '{.status.readyReplicas}', '2');
  await comes('pdb apart', '{.status.currentHealthy}', '2');
  const drained = (timeout: string) => tried('drain', second, '--ignore-daemonsets', '--delete-emptydir-data', '--force', '--pod-selector=app in (apart,disk-watch)', `--timeout=${timeout}`);
  const blocked = await drained('2s');
  expect(blocked).toMatchObject({ code: 1, stderr: expect.stringContaining("Cannot evict pod as it would violate the pod's disruption budget") });
  expect(await field('deployment apart', '{.status.readyReplicas}')).toBe('2');
  await ok('patch', 'pdb', 'apart', '-p', '{"spec":{"minAvailable":1}}');
  expect(await drained('60s')).toMatchObject({ code: 0, stdout: expect.stringMatching(/pod\/apart-\S+ evicted\nnode\/e2e-course-m02 drained/) });
  expect(await places('disk-watch')).toEqual([second]);
  await ok('uncordon', second);
  await comes('deployment apart', '{.status.readyReplicas}', '2');
}

describeWithEngine('the manifests of a course on Docker', () => {
  const outcomes = new Map<string, Promise<unknown>>();

  beforeAll(async () => {
    cluster = startedCluster(profile, 'docker', ['--nodes', '2']);
    await ok('create', 'namespace', 'course');
    await ok('taint', 'node', second, ownNode);
    await ok('label', 'node', second, 'disk=ssd');
    expect(await runAsync(kubectlPath(), ['apply', '-f', '-'], cluster.env, manifests)).toMatchObject({ code: 0, stderr: '' });
    await ok('rollout', 'status', 'deployment/site', '--timeout=120s');
    // A few at a time, as the machine can serve them.
    const turns = Array.from({ length: atOnce }, () => Promise.resolve<unknown>(undefined));
    Object.entries(lessons).forEach(([name, lesson], index) => {
      const outcome = turns[index % atOnce]!.then(lesson);
      turns[index % atOnce] = outcome.catch(() => undefined);
      outcomes.set(name, outcome);
    });
    void Promise.allSettled(outcomes.values());
  });
  afterAll(async () => {
    await Promise.allSettled(outcomes.values());
    cluster?.destroy();
  });

  it.each(Object.keys(lessons))('%s', (name) => outcomes.get(name));
});
