import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scriptedAgent } from '../../../cluster/apiserver/support/agent';
import { core } from '../../../cluster/apiserver/support/registry';
import { startServer, type TestServer } from '../../../cluster/apiserver/support/server';
import { background, eventually, knarrPath } from '../../../support/cluster';

jest.setTimeout(60_000);

let server: TestServer;
let target: Server;
let port: number;
beforeAll(async () => {
  // The pod that a connection reaches is the port that it asks for: every pod is this process.
  server = await startServer([], scriptedAgent);
  target = createServer((_request, response) => void response.end('served'));
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  ({ port } = target.address() as AddressInfo);
  await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
  await server.client.create(core('services'), { metadata: { name: 'web', namespace: 'default' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 'http' }] } } as never);
});
afterAll(async () => {
  await new Promise((resolve) => target.close(resolve));
  await server.close();
});

async function runningPod(name: string): Promise<void> {
  const spec = { nodeName: 'node', serviceAccountName: 'default', terminationGracePeriodSeconds: 0, containers: [{ name: 'c', image: 'x', ports: [{ name: 'http', containerPort: port }] }] };
  await server.client.create(core('pods'), { metadata: { name, namespace: 'default', labels: { app: 'web' } }, spec } as never);
  const conditions = [{ type: 'Ready', status: 'True' }];
  await server.client.patch(core('pods'), name, 'default', 'merge', { status: { phase: 'Running', podIP: '127.0.0.1', conditions } }, { subresource: 'status' });
}

const forward = (...args: string[]) =>
  background(knarrPath, ['port-forward', ...args], { ...process.env, HOME: '/nonexistent', KUBECONFIG: server.kubeconfig });

const localPort = (text: string) => /Forwarding from 127\.0\.0\.1:(\d+)/.exec(text)?.[1];
const fetchText = async (local: string) => (await fetch(`http://127.0.0.1:${local}/`, { headers: { connection: 'close' } })).text();

test('goes on with the pod that takes the place of the one that is deleted', async () => {
  await runningPod('web-1');
  const running = forward('service/web', ':80');
  try {
    const local = await eventually(() => localPort(running.output()));
    expect(await fetchText(local)).toBe('served');
    await server.client.delete(core('pods'), 'web-1', 'default');
    await runningPod('web-2');
    expect(await eventually(() => fetchText(local))).toBe('served');
    expect(running.output().replace(/(Handling connection for \d+\n)+$/, '')).toMatch(/^(Forwarding from .* -> \d+\n)+$/);
  } finally {
    await running.end();
  }
});

test('ends as kubectl does when no pod takes its place in time', async () => {
  await runningPod('alone');
  const running = forward('pod/alone', `:${port}`, '--pod-running-timeout=1s');
  await eventually(() => localPort(running.output()));
  await server.client.delete(core('pods'), 'alone', 'default');
  await eventually(() => running.output().endsWith('error: lost connection to pod\n'));
  await running.end();
});

test('a port where nobody listens is told, and ends it', async () => {
  await runningPod('deaf');
  const running = forward('pod/deaf', ':1');
  const local = await eventually(() => localPort(running.output()));
  await expect(fetchText(local)).rejects.toThrow();
  await eventually(() => running.output().includes('an error occurred forwarding'));
  await eventually(() => running.output().endsWith('error: lost connection to pod\n'));
  await running.end();
});
