import type { ConfigMap, Secret } from '../../../src/api/generated/core.v1';
import { configMaps } from '../../../src/cluster/kubelet/resources';
import { PassThrough } from 'node:stream';
import { KubeletWorld, webPod } from './world';

let world: KubeletWorld;
beforeEach(async () => {
  world = await KubeletWorld.start();
});
afterEach(() => world.stop());

const second = 1000;
const configMap = (name: string, data: Record<string, string>): ConfigMap => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' }, data });
const secret = (name: string, data: Record<string, string>): Secret =>
  ({ apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'default' }, data: Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')])) });
const state = async () => (await world.pod('web')).status!.containerStatuses![0]!.state!;

async function output(...command: string[]): Promise<string> {
  const stdout = new PassThrough();
  const chunks: Buffer[] = [];
  stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  const options = { command, stdin: false, stdout: true, stderr: false, tty: false };
  await world.kubelet.agent.exec(await world.pod('web'), options, { stdout, signal: new AbortController().signal });
  return Buffer.concat(chunks).toString();
}

describe('environment', () => {
  it('comes from everywhere', async () => {
    await world.put('configmaps', configMap('settings', { COLOUR: 'blue', 'any key': 'x' }));
    await world.put('secrets', secret('keys', { token: 's3cret' }));
    await world.put('services', { metadata: { name: 'data-base', namespace: 'default' }, spec: { clusterIP: '10.96.1.1', ports: [{ port: 5432 }] } } as never);
    await world.run('web', webPod({
      envFrom: [{ configMapRef: { name: 'settings' } }, { prefix: 'P_', configMapRef: { name: 'settings' } }, { secretRef: { name: 'absent', optional: true } }],
      env: [
        { name: 'TOKEN', valueFrom: { secretKeyRef: { name: 'keys', key: 'token' } } },
        { name: 'GREETING', value: 'a $(COLOUR) $(TOKEN) $(UNKNOWN) $$(COLOUR) at $(DATA_BASE_SERVICE_HOST)' },
        { name: 'IP', valueFrom: { fieldRef: { fieldPath: 'status.podIP' } } },
        { name: 'LIMIT', valueFrom: { resourceFieldRef: { resource: 'limits.memory', divisor: '1Mi' } } },
        { name: 'MAYBE', valueFrom: { configMapKeyRef: { name: 'settings', key: 'absent', optional: true } } },
      ],
      resources: { limits: { memory: '64Mi' } },
    }));
    await world.pass(second);
    const variables = new Map((await output('env')).trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
    expect(Object.fromEntries(variables)).toMatchObject({
      COLOUR: 'blue', P_COLOUR: 'blue', 'any key': 'x', TOKEN: 's3cret', GREETING: 'a blue s3cret $(UNKNOWN) $(COLOUR) at 10.96.1.1', IP: '10.244.0.2', LIMIT: '64',
      DATA_BASE_SERVICE_HOST: '10.96.1.1', DATA_BASE_SERVICE_PORT: '5432', DATA_BASE_PORT: 'tcp://10.96.1.1:5432', DATA_BASE_PORT_5432_TCP_ADDR: '10.96.1.1',
    });
    expect(variables.has('MAYBE')).toBe(false);
  });

  it.each([
    ['a ConfigMap', { configMapKeyRef: { name: 'absent', key: 'a' } }, 'configmap "absent" not found'],
    ['a key', { configMapKeyRef: { name: 'settings', key: 'absent' } }, "couldn't find key absent in ConfigMap default/settings"],
    ['a Secret', { secretKeyRef: { name: 'absent', key: 'a' } }, 'secret "absent" not found'],
    ['a field', { fieldRef: { fieldPath: 'spec.hostname' } }, 'unsupported fieldPath: spec.hostname'],
  ])('lacks %s', async (_, valueFrom, message) => {
    await world.put('configmaps', configMap('settings', {}));
    await world.run('web', webPod({ env: [{ name: 'A', valueFrom }] }));
    await world.pass(500);
    expect(await state()).toEqual({ waiting: { reason: 'CreateContainerConfigError', message } });
    expect(await world.events('web')).toContain(`Warning Failed Error: ${message}`);
  });

  it('is looked at again as soon as what it lacked is there', async () => {
    await world.run('web', webPod({ envFrom: [{ configMapRef: { name: 'late' } }] }));
    await world.pass(second);
    expect(await state()).toHaveProperty('waiting');
    await world.put('configmaps', configMap('late', { A: 'b' }));
    await world.pass(100);
    expect(await state()).toHaveProperty('running');
  });
});

describe('volumes', () => {
  const mounted = (volumes: object) => ({ ...webPod({ volumeMounts: [{ name: 'v', mountPath: '/v' }] }), volumes: [{ name: 'v', ...volumes }] });

  it('hold files of a ConfigMap, and follow it', async () => {
    await world.put('configmaps', configMap('page', { 'index.html': 'one' }));
    await world.run('web', mounted({ configMap: { name: 'page' } }));
    await world.pass(second);
    expect(await output('cat', '/v/index.html')).toBe('one');
    await world.client.update(configMaps, configMap('page', { 'index.html': 'two' }));
    await world.pass(100);
    expect(await output('cat', '/v/index.html')).toBe('two');
  });

  it('are projected from several sources', async () => {
    await world.put('configmaps', configMap('page', { a: '1', b: '2' }));
    await world.put('secrets', secret('keys', { token: 's3cret' }));
    await world.run('web', mounted({
      projected: { sources: [
        { configMap: { name: 'page', items: [{ key: 'b', path: 'deep/b.txt' }] } }, { secret: { name: 'keys' } },
        { downwardAPI: { items: [{ path: 'labels', fieldRef: { fieldPath: 'metadata.labels' } }] } },
      ] },
    }), { labels: { app: 'web' } });
    await world.pass(second);
    expect(await output('cat', '/v/deep/b.txt', '/v/token', '/v/labels')).toBe('2s3cretapp="web"');
  });

  it('come from an image that is there, and never written to', async () => {
    await world.run('web', mounted({ image: { reference: 'busybox:1.36', pullPolicy: 'Never' } }));
    await world.pass(second);
    expect(await world.events('web')).toContain('Normal Pulled Container image "busybox:1.36" already present on machine');
    expect(await state()).toMatchObject({ running: {} });
    await expect(world.runtime.snapshot()).resolves.toMatchObject([{ state: 'ready' }]);
  });

  it('wait for an image that cannot be had', async () => {
    await world.run('web', mounted({ image: { reference: 'nosuch.example/x:1', pullPolicy: 'IfNotPresent' } }));
    await world.pass(500);
    expect(await state()).toEqual({ waiting: { reason: 'ContainerCreating' } });
    expect((await world.events('web')).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['Normal Pulling', 'Warning Failed', 'Warning FailedMount']);
  });

  it.each([
    ['a ConfigMap', { configMap: { name: 'absent' } }, 'configmap "absent" not found'],
    ['a key', { configMap: { name: 'page', items: [{ key: 'absent', path: 'x' }] } }, 'configmap references non-existent config key: absent'],
    ['a type that is supported', { rbd: { monitors: ['x'], image: 'y' } }, 'volumes of type rbd are not supported'],
  ])('keep the pod waiting without %s', async (_, volume, message) => {
    await world.put('configmaps', configMap('page', {}));
    await world.run('web', mounted(volume));
    await world.pass(500);
    expect(await state()).toEqual({ waiting: { reason: 'ContainerCreating' } });
    expect(await world.events('web')).toEqual([`Warning FailedMount MountVolume.SetUp failed for volume "v" : ${message}`]);
  });

  it('are set up as soon as what they lacked is there', async () => {
    await world.run('web', mounted({ configMap: { name: 'late' } }));
    await world.pass(10 * second);
    await world.put('configmaps', configMap('late', { a: 'b' }));
    await world.pass(100);
    expect(await state()).toHaveProperty('running');
  });

  it('may be optional', async () => {
    await world.run('web', mounted({ configMap: { name: 'absent', optional: true } }));
    await world.pass(second);
    expect(await state()).toHaveProperty('running');
  });

  it('hold tokens of the service account where they are issued', async () => {
    // As an engine does that has to write them.
    const { ensureVolume } = world.runtime;
    world.runtime.ensureVolume = async (podUid, name, content) => {
      for (const { data } of content.type === 'files' ? content.files : []) if (!Buffer.isBuffer(data)) await data();
      return ensureVolume.call(world.runtime, podUid, name, content);
    };
    await world.run('web', mounted({ projected: { sources: [{ serviceAccountToken: { path: 'token', expirationSeconds: 3607 } }] } }));
    await world.pass(500);
    expect((await world.events('web'))[0]).toMatch(/^Warning FailedMount MountVolume.SetUp failed for volume "v" : no token was issued for service account default\/default$/);
  });
});

describe('the hosts file', () => {
  it("is the kubelet's", async () => {
    await world.run('web', { ...webPod(), hostname: 'host', subdomain: 'sub', hostAliases: [{ ip: '1.2.3.4', hostnames: ['a', 'b'] }] });
    await world.pass(second);
    expect(await output('cat', '/etc/hosts')).toBe('# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\nfe00::0\tip6-localnet\nfe00::0\tip6-mcastprefix\nfe00::1\tip6-allnodes\nfe00::2\tip6-allrouters\n'
      + '10.244.0.2\thost.sub.default.svc.cluster.local\thost\n\n# Entries added by HostAliases.\n1.2.3.4\ta\tb\n');
  });
});
