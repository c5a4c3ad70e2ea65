import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mkdtempSync, rmSync } from 'node:fs';
import { resourcePath, readAll } from '../../../src/client/http';
import { cleanUp, guestbookManifests, labelled, primaryController, primaryService, runningPods, updateDemo, validateUpdateDemo } from '../support/kubectl-apps';
import { images, podGone, podOf, podReady, podRunning, shell, untilTold } from '../support/pods';
import { startUntil } from '../support/processes';
import { endpoints, nodes, pods, services } from '../support/resources';
import { row, rowOnDocker, type RowContext } from '../support/row';

const label = (name: string) => `[sig-cli] Kubectl client ${name}`;
const bothClients = { bothClients: true };

rowOnDocker(label('Update Demo should create and stop a replication controller'), async (t) => {
  await t.kubectl(['create', '-f', '-'], updateDemo);
  await validateUpdateDemo(t, 2);
  await cleanUp(t, [updateDemo], 'name=update-demo');
}, bothClients);

rowOnDocker(label('Update Demo should scale a replication controller'), async (t) => {
  await t.kubectl(['create', '-f', '-'], updateDemo);
  await validateUpdateDemo(t, 2);
  for (const replicas of [1, 2]) {
    await t.kubectl(['scale', 'rc', 'update-demo-nautilus', `--replicas=${replicas}`, '--timeout=5m']);
    await validateUpdateDemo(t, replicas);
  }
  await cleanUp(t, [updateDemo], 'name=update-demo');
}, bothClients);

rowOnDocker(label('Guestbook application should create and stop a working application'), async (t) => {
  for (const manifest of guestbookManifests) await t.kubectl(['create', '-f', '-'], manifest);
  await runningPods(t, 'app=guestbook,tier=frontend', 3);
  const guestbook = (cmd: string, value: string, answer: string) => t.eventually(async () => {
    const path = `${resourcePath(services, t.namespace, 'frontend', 'proxy')}/cgi-bin/guestbook`;
    const { body } = await t.client.raw({ path, query: { cmd, key: 'messages', value } });
    const text = (await readAll(body)).toString();
    if (text === answer) return true;
    throw new Error(`the frontend answers ${text}`);
  }, 120_000);
  await guestbook('get', '', '{"data":""}');
  await guestbook('set', 'TestEntry', '{"message":"Updated"}');
  await guestbook('get', '', '{"data":"TestEntry"}');
  await cleanUp(t, guestbookManifests, 'tier');
}, bothClients);

row(label('Kubectl api-versions should check if v1 is in available api versions'), async (t) => {
  expect((await t.kubectl(['api-versions'])).split('\n')).toContain('v1');
}, bothClients);

row(label('Kubectl cluster-info should check if Kubernetes control plane services is included in cluster-info'), async (t) => {
  const output = await t.kubectl(['cluster-info']);
  expect(output).toContain('Kubernetes control plane');
  expect(output).toContain('is running at');
}, bothClients);

row(label('Kubectl version should check is all data is printed'), async (t) => {
  const output = await t.kubectl(['version']);
  for (const side of ['Client', 'Server']) expect(output).toMatch(new RegExp(`${side} Version: v\\d\\.\\d+\\.[\\w.+-]+`));
}, bothClients);

const deploymentOf = (image: string) => JSON.stringify({
  apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'httpd-deployment' },
  spec: { selector: { matchLabels: { app: 'httpd' } }, template: { metadata: { labels: { app: 'httpd' } }, spec: { containers: [{ name: 'httpd', image, ports: [{ containerPort: 80 }] }] } } },
});

row(label('Kubectl diff should check if kubectl diff finds a difference for Deployments'), async (t) => {
  await t.kubectl(['create', '-f', '-'], deploymentOf(images.nginx));
  const { code, stdout } = await t.kubectlOutcome(['diff', '-f', '-'], deploymentOf(images.busybox));
  expect(code).toBe(1);
  expect(stdout).toContain(images.nginx);
  expect(stdout).toContain(images.busybox);
  await t.kubectl(['delete', '-f', '-'], deploymentOf(images.busybox));
}, bothClients);

/** Each line wanted has all of its words, in their order, on one line of the output. */
function expectWords(output: string, wanted: readonly (readonly string[])[]): void {
  const lines = output.split('\n');
  let from = 0;
  for (const words of wanted) {
    const found = lines.findIndex((line, index) => index >= from && inOrder(line, words));
    if (found < 0) throw new Error(`no line with ${words.join(' … ')} after line ${from}:\n${output}`);
    from = found;
  }
}

function inOrder(line: string, words: readonly string[]): boolean {
  let at = 0;
  return words.every((word) => {
    const found = line.indexOf(word, at);
    at = found + word.length;
    return found >= 0;
  });
}

row(label('Kubectl describe should check if kubectl describe prints relevant information for rc and pods'), async (t) => {
  await t.kubectl(['create', '-f', '-'], JSON.stringify(primaryController));
  await t.kubectl(['create', '-f', '-'], JSON.stringify(primaryService));
  const [pod] = await runningPods(t, 'app=agnhost', 1);
  const common = (name: string) => [['Name:', name], ['Namespace:', t.namespace]];
  expectWords(await t.kubectl(['describe', 'pod', pod!.metadata.name]), [
    ...common('agnhost-primary-'), ['Node:'], ['Labels:', 'app=agnhost'], ['role=primary'], ['Annotations:'], ['Status:', 'Running'], ['IP:'],
    ['Controlled By:', 'ReplicationController/agnhost-primary'], ['Image:', images.busybox], ['State:', 'Running'], ['QoS Class:', 'BestEffort'],
  ]);
  await t.eventually(async () => {
    expectWords(await t.kubectl(['describe', 'rc', 'agnhost-primary']), [
      ...common('agnhost-primary'), ['Selector:', 'app=agnhost,role=primary'], ['Labels:', 'app=agnhost'], ['role=primary'], ['Annotations:'],
      ['Replicas:', '1 current', '1 desired'], ['Pods Status:', '1 Running', '0 Waiting', '0 Succeeded', '0 Failed'],
      ['Pod Template:'], ['Image:', images.busybox], ['Events:'],
    ]);
    return true;
  });
  expectWords(await t.kubectl(['describe', 'service', 'agnhost-primary']), [
    ...common('agnhost-primary'), ['Labels:', 'app=agnhost'], ['role=primary'], ['Annotations:'], ['Selector:', 'app=agnhost', 'role=primary'],
    ['Type:', 'ClusterIP'], ['IP:'], ['Port:', '<unset>', '6379/TCP'], ['Endpoints:'], ['Session Affinity:', 'None'],
  ]);
  const { items: [node] } = await t.api(nodes).list();
  expectWords(await t.kubectl(['describe', 'node', node!.metadata.name]), [
    ['Name:', node!.metadata.name], ['Labels:'], ['Annotations:'], ['CreationTimestamp:'], ['Conditions:'],
    ['Type', 'Status', 'LastHeartbeatTime', 'LastTransitionTime', 'Reason', 'Message'], ['Addresses:'], ['Capacity:'],
    ['Kernel Version:'], ['OS Image:'], ['Container Runtime Version:'], ['Kubelet Version:'], ['Kube-Proxy Version:'], ['Pods:'],
  ]);
  expectWords(await t.kubectl(['describe', 'namespace', t.namespace]), [['Name:', t.namespace], ['Labels:'], ['Annotations:'], ['Status:', 'Active']]);
}, bothClients);

const primaryPort = 6379;

async function validateService(t: RowContext, name: string, port: number): Promise<void> {
  await t.eventually(async () => {
    const { subsets = [] } = await t.api(endpoints).get(name);
    const ports = subsets.flatMap(({ addresses = [], ports: all = [] }) => addresses.flatMap(() => all.map((each) => each.port)));
    if (ports.length) expect(ports).toEqual([primaryPort]);
    return ports.length;
  });
  expect((await t.api(services).get(name)).spec?.ports).toEqual([expect.objectContaining({ port, targetPort: primaryPort })]);
}

rowOnDocker(label('Kubectl expose should create services for rc'), async (t) => {
  await t.kubectl(['create', '-f', '-'], JSON.stringify(primaryController));
  const [pod] = await runningPods(t, 'app=agnhost', 1);
  await t.eventually(async () => (await t.kubectl(['logs', pod!.metadata.name, 'agnhost-primary'])).includes('Paused'));
  await t.kubectl(['expose', 'rc', 'agnhost-primary', '--name=rm2', '--port=1234', `--target-port=${primaryPort}`]);
  await validateService(t, 'rm2', 1234);
  await t.kubectl(['expose', 'service', 'rm2', '--name=rm3', '--port=2345', `--target-port=${primaryPort}`]);
  await validateService(t, 'rm3', 2345);
}, bothClients);

row(label('Kubectl label should update the label on a resource'), async (t) => {
  const pause = podOf('pause', [shell('pause', untilTold)], {}, { name: 'pause' });
  const manifest = JSON.stringify({ apiVersion: 'v1', kind: 'Pod', ...pause });
  await t.kubectl(['create', '-f', '-'], manifest);
  await podReady(t, 'pause');
  const shown = () => t.kubectl(['get', 'pod', 'pause', '-L', 'testing-label']);
  await t.kubectl(['label', 'pods', 'pause', 'testing-label=testing-label-value']);
  expect(await shown()).toContain('testing-label-value');
  await t.kubectl(['label', 'pods', 'pause', 'testing-label-']);
  expect(await shown()).not.toContain('testing-label-value');
  await cleanUp(t, [manifest], 'name=pause');
}, bothClients);

row(label('Kubectl patch should add annotations for pods in rc'), async (t) => {
  await t.kubectl(['create', '-f', '-'], JSON.stringify(primaryController));
  for (const { metadata } of await runningPods(t, 'app=agnhost', 1)) {
    await t.kubectl(['patch', 'pod', metadata.name, '-p', '{"metadata":{"annotations":{"x":"y"}}}']);
  }
  for (const { metadata } of await labelled(t, 'app=agnhost')) expect(metadata.annotations).toHaveProperty('x', 'y');
}, bothClients);

const podName = 'e2e-test-httpd-pod';
const imagesOf = async (t: RowContext) => (await t.api(pods).get(podName)).spec?.containers.map(({ image }) => image);
const remove = async (t: RowContext) => {
  await t.kubectl(['delete', 'pods', podName]);
  await podGone(t, podName);
};

row(label('Kubectl run pod should create a pod from an image when restart is Never'), async (t) => {
  await t.kubectl(['run', podName, '--restart=Never', '--pod-running-timeout=2m', `--image=${images.nginx}`]);
  expect(await imagesOf(t)).toEqual([images.nginx]);
  expect((await t.api(pods).get(podName)).spec?.restartPolicy).toBe('Never');
  await remove(t);
}, bothClients);

row(label('Kubectl replace should update a single-container pod\'s image'), async (t) => {
  await t.kubectl(['run', podName, `--image=${images.nginx}`, '--pod-running-timeout=2m', `--labels=run=${podName}`]);
  await podRunning(t, podName);
  const json = await t.kubectl(['get', 'pod', podName, '-o', 'json']);
  expect(json).toContain(podName);
  await t.kubectl(['replace', '-f', '-'], json.replace(images.nginx, images.busybox));
  expect(await imagesOf(t)).toEqual([images.busybox]);
  await remove(t);
}, bothClients);

row(label('Kubectl server-side dry-run should check if kubectl can dry-run update Pods'), async (t) => {
  await t.kubectl(['run', podName, `--image=${images.nginx}`, '--pod-running-timeout=2m', `--labels=run=${podName}`]);
  const patch = { spec: { containers: [{ name: podName, image: images.busybox }] } };
  await t.kubectl(['patch', 'pod', podName, '-p', JSON.stringify(patch), '--dry-run=server']);
  expect(await imagesOf(t)).toEqual([images.nginx]);
  await remove(t);
}, bothClients);

/** GET over plain HTTP: the versions that /api/ tells. */
function apiVersions(place: { port: number } | { socketPath: string }): Promise<string[]> {
  return new Promise((resolve, reject) => {
    request({ ...place, host: '127.0.0.1', path: '/api/' }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => { text += chunk.toString(); }).once('end', () => resolve((JSON.parse(text) as { versions: string[] }).versions));
    }).once('error', reject).end();
  });
}

row(label('Proxy server should support proxy with --port 0'), async (t) => {
  const [, port] = await startUntil(t, ['proxy', '-p', '0', '--disable-filter'], /Starting to serve on 127\.0\.0\.1:(\d+)/);
  expect(await apiVersions({ port: Number(port) })).toEqual(['v1']);
}, bothClients);

row(label('Proxy server should support --unix-socket=/path'), async (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'proxy-unix-'));
  t.cleanup(() => rmSync(directory, { recursive: true }));
  const socketPath = join(directory, 'test');
  await startUntil(t, ['proxy', `--unix-socket=${socketPath}`], /./);
  expect(await apiVersions({ socketPath })).toEqual(['v1']);
}, bothClients);
