import type { Pod, PodCondition } from '../../../../src/api/generated/core.v1';
import { openWebSocket, resourcePath } from '../../../../src/client/http';
import { images, outputOf, podFinished, podGone, podOf, podReady, podRunning, shell, untilTold } from '../../support/pods';
import { pods, services } from '../../support/resources';
import { row, rowOnDocker, type RowContext } from '../../support/row';

const label = (name: string) => `[sig-node] Pods should ${name}`;
const runs = (labels: Record<string, string> = {}) => podOf('pod', [shell('main', untilTold)], {}, labels);
const addressForm = /^\d+(\.\d+){3}$/;

rowOnDocker(label('get a host IP [NodeConformance]'), async (t) => {
  await t.api(pods).create(runs());
  await podRunning(t, 'pod');
  expect((await t.api(pods).get('pod')).status?.hostIP).toMatch(addressForm);
});

rowOnDocker(label('be submitted and removed [NodeConformance]'), async (t) => {
  const labelSelector = 'time=now';
  expect((await t.api(pods).list({ labelSelector })).items).toEqual([]);
  const watch = await t.api(pods).watch({ labelSelector });
  await t.api(pods).create(podOf('pod', [shell('main', untilTold)], { terminationGracePeriodSeconds: 30 }, { time: 'now' }));
  expect((await t.api(pods).list({ labelSelector })).items).toHaveLength(1);
  expect((await watch.next()).type).toBe('ADDED');
  await podRunning(t, 'pod');
  await t.api(pods).delete('pod', { gracePeriodSeconds: 30 });
  const { object } = await watch.until(({ type }) => type === 'DELETED');
  expect(object.metadata.deletionTimestamp).toBeTruthy();
  expect((object as Pod).spec?.terminationGracePeriodSeconds).toBe(30);
  expect((await t.api(pods).list({ labelSelector })).items).toEqual([]);
});

rowOnDocker(label('be updated [NodeConformance]'), async (t) => {
  await t.api(pods).create(runs({ time: 'then' }));
  await podReady(t, 'pod');
  await t.api(pods).change('pod', ({ metadata }) => { metadata.labels = { ...metadata.labels, time: 'now' }; });
  expect((await t.api(pods).list({ labelSelector: 'time=now' })).items).toHaveLength(1);
});

rowOnDocker(label('allow activeDeadlineSeconds to be updated [NodeConformance]'), async (t) => {
  await t.api(pods).create(runs());
  await podReady(t, 'pod');
  await t.api(pods).change('pod', ({ spec }) => { spec.activeDeadlineSeconds = 5; });
  expect((await podFinished(t, 'pod')).status).toMatchObject({ phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' });
});

rowOnDocker(label('contain environment variables for services [NodeConformance]'), async (t) => {
  await t.api(services).create({ metadata: { name: 'fooservice' }, spec: { ports: [{ port: 8765, targetPort: 8080 }], selector: { name: 'server' } } });
  const address = (await t.api(services).get('fooservice')).spec!.clusterIP!;
  const expected = [
    `FOOSERVICE_SERVICE_HOST=${address}`, 'FOOSERVICE_SERVICE_PORT=8765', `FOOSERVICE_PORT=tcp://${address}:8765`, 'FOOSERVICE_PORT_8765_TCP_PORT=8765',
    'FOOSERVICE_PORT_8765_TCP_PROTO=tcp', `FOOSERVICE_PORT_8765_TCP=tcp://${address}:8765`, `FOOSERVICE_PORT_8765_TCP_ADDR=${address}`,
  ];
  const lines = (await outputOf(t, podOf('pod', [shell('main', 'env')]))).split('\n');
  expect(lines).toEqual(expect.arrayContaining(expected));
});

/** Everything that comes on the stream of that number until the server closes. */
async function overWebSocket(t: RowContext, subresource: string, query: Record<string, string | boolean | string[]>, protocol: string): Promise<Buffer[]> {
  const { stream: socket, protocol: agreed } = await openWebSocket(t.connection, resourcePath(pods, t.namespace, 'pod', subresource), query, [protocol]);
  const messages: Buffer[] = [];
  socket.on('message', (data: Buffer) => messages.push(data));
  await new Promise((resolve, reject) => socket.once('close', resolve).once('error', reject));
  expect(agreed).toBe(protocol);
  return messages;
}

rowOnDocker(label('support remote command execution over websockets [NodeConformance]'), async (t) => {
  await t.api(pods).create(runs());
  await podReady(t, 'pod');
  const command = ['sh', '-c', 'echo remote execution test'];
  const messages = await overWebSocket(t, 'exec', { stdout: true, stderr: true, container: 'main', command }, 'v4.channel.k8s.io');
  const on = (stream: number) => Buffer.concat(messages.filter((data) => data[0] === stream).map((data) => data.subarray(1))).toString();
  expect(on(1)).toBe('remote execution test\n');
  expect(on(2)).toBe('');
  expect(JSON.parse(on(3))).toMatchObject({ status: 'Success' });
});

rowOnDocker(label('support retrieving logs from the container over websockets [NodeConformance]'), async (t) => {
  await t.api(pods).create(podOf('pod', [shell('main', `echo container is alive; ${untilTold}`)]));
  await podReady(t, 'pod');
  await t.eventually(async () => {
    expect(Buffer.concat(await overWebSocket(t, 'log', { container: 'main' }, 'binary.k8s.io')).toString()).toBe('container is alive\n');
    return true;
  });
});

rowOnDocker(label('delete a collection of pods'), async (t) => {
  const mine = { labelSelector: 'type=Testing' };
  for (const number of [1, 2, 3]) await t.api(pods).create({ ...runs({ type: 'Testing' }), metadata: { name: `pod-${number}`, labels: { type: 'Testing' } } });
  for (const number of [1, 2, 3]) await podRunning(t, `pod-${number}`);
  await t.api(pods).deleteCollection(mine, { gracePeriodSeconds: 0 });
  await t.eventually(async () => (await t.api(pods).list(mine)).items.length === 0);
});

const readyOf = (pod: Pod): PodCondition => pod.status!.conditions!.find(({ type }) => type === 'Ready')!;

// The kubelet would put the condition back at once: what is written is read from the answer and the watch.
rowOnDocker(label('run through the lifecycle of Pods and PodStatus'), async (t) => {
  const labelSelector = 'test-pod-static=true';
  const watch = await t.api(pods).watch({ labelSelector });
  await t.api(pods).create(podOf('pod', [{ name: 'main', image: images.nginx }], {}, { 'test-pod-static': 'true' }));
  await watch.until(({ object }) => (object as Pod).status?.phase === 'Running' && readyOf(object as Pod).status === 'True');
  await t.api(pods).patch('pod', 'strategic', { metadata: { labels: { 'test-pod': 'patched' } }, spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'main', image: images.busybox }] } });
  await watch.until(({ object }) => object.metadata.labels?.['test-pod'] === 'patched');
  expect((await t.api(pods).get('pod')).spec!.containers[0]!.image).toBe(images.busybox);
  const written = await t.api(pods).change('pod', (pod) => { Object.assign(readyOf(pod), { status: 'False' }); }, { subresource: 'status' });
  expect(readyOf(written).status).toBe('False');
  await watch.until(({ object }) => readyOf(object as Pod).status === 'False');
  await t.api(pods).deleteCollection({ labelSelector });
  await watch.until(({ type }) => type === 'DELETED');
  expect(await t.api(pods).find('pod')).toBeUndefined();
});

row(label('patch a pod status'), async (t) => {
  await t.api(pods).create(podOf('pod', [shell('main', untilTold)], { nodeSelector: { nowhere: 'true' } }));
  const message = 'Patched by the row';
  const patched = await t.api(pods).patch('pod', 'merge', { status: { message, reason: 'Row' } }, { subresource: 'status' });
  expect(patched.status).toMatchObject({ message, reason: 'Row' });
  await podGoes(t);
});

async function podGoes(t: RowContext): Promise<void> {
  await t.api(pods).delete('pod');
  await podGone(t, 'pod');
}
