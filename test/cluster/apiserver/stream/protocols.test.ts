import { spawn } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { knarrPath } from '../../../support/cluster';
import { describeWithOracle, kubectlPath } from '../../../support/oracle';
import { runAsync } from '../../../support/process';
import { scriptedAgent } from '../support/agent';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';

jest.setTimeout(60_000);

/** The streams of exec, attach and port-forward, over all that clients have spoken since 1.5. */

let server: TestServer;
let target: Server;
let port: number;
beforeAll(async () => {
  server = await startServer([], scriptedAgent);
  const pod = { metadata: { name: 'web', namespace: 'default' }, spec: { nodeName: 'node', containers: [{ name: 'c', image: 'x' }], serviceAccountName: 'default' } };
  await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
  await server.client.create(core('pods'), pod as never);
  await server.client.patch(core('pods'), 'web', 'default', 'merge', { status: { phase: 'Running', podIP: '127.0.0.1' } }, { subresource: 'status' });
  target = createServer((request, response) => void response.end(`you asked for ${request.url} ${'y'.repeat(100_000)}`));
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
  ({ port } = target.address() as AddressInfo);
});
afterAll(async () => {
  await new Promise((resolve) => target.close(resolve));
  await server.close();
});

const transports: readonly [string, () => string, string][] = [
  ['knarr over WebSockets', () => knarrPath, 'true'], ['knarr over SPDY', () => knarrPath, 'false'],
  ['kubectl 1.33 over WebSockets', () => kubectlPath('v33'), 'true'], ['kubectl 1.33 over SPDY', () => kubectlPath('v33'), 'false'],
  ['kubectl 1.32 over WebSockets', () => kubectlPath('v32'), 'true'], ['kubectl 1.32 over SPDY, as all before 1.31', () => kubectlPath('v32'), 'false'],
];

describeWithOracle('real clients', () => {
  describe.each(transports)('%s', (_title, program, webSockets) => {
    const env = () => ({ ...process.env, HOME: '/nonexistent', KUBECONFIG: server.kubeconfig, KUBECTL_REMOTE_COMMAND_WEBSOCKETS: webSockets, KUBECTL_PORT_FORWARD_WEBSOCKETS: webSockets });
    const kubectl = (args: string[], stdin?: string) => runAsync(program(), args, env(), stdin, 30_000);

    test('exec and attach: output, errors, exit codes, input to its end', async () => {
      expect(await kubectl(['exec', 'web', '--', 'echo', 'to', 'stdout'])).toEqual({ code: 0, stdout: 'to stdout\n', stderr: 'to stderr\n' });
      expect(await kubectl(['exec', 'web', '--', 'exit', '7'])).toEqual({ code: 7, stdout: '', stderr: 'command terminated with exit code 7\n' });
      const large = 'x'.repeat(300_000);
      expect((await kubectl(['exec', '-i', 'web', '--', 'cat'], large)).stdout).toBe(large);
      expect((await kubectl(['attach', '-i', 'web'], 'hi')).stdout).toBe('hi');
      expect((await kubectl(['exec', 'web', '--', 'fail'])).stderr).toBe('error: Internal error occurred: no such thing\n');
    });

    test('what is wrong is told before the streams begin', async () => {
      expect((await kubectl(['exec', 'web', '-c', 'z', '--', 'x'])).stderr).toBe('Error from server (BadRequest): container z is not valid for pod web\n');
    });

    test('port-forward: several connections at once', async () => {
      const child = spawn(program(), ['port-forward', 'web', `:${port}`], { env: env(), stdio: ['ignore', 'pipe', 'ignore'] });
      try {
        const line = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
        const local = /127\.0\.0\.1:(\d+)/.exec(line)![1];
        const pages = await Promise.all(['/a', '/b', '/c'].map(async (path) => (await fetch(`http://127.0.0.1:${local}${path}`)).text()));
        expect(pages).toEqual(['/a', '/b', '/c'].map((path) => `you asked for ${path} ${'y'.repeat(100_000)}`));
      } finally {
        const exited = new Promise((resolve) => child.once('exit', resolve));
        child.kill();
        await exited;
      }
    });
  });
});

type Message = [channel: number, content: string];

/** What a WebSocket got until it was closed; `send` is called once it is open. */
function messages(path: string, protocols: string[], send: (socket: WebSocket) => void = () => undefined): Promise<{ protocol: string; got: Message[] }> {
  const { admin, ca } = server.pki;
  const socket = new WebSocket(`wss://127.0.0.1:${server.port}/api/v1/namespaces/default/pods/web/${path}`, protocols, { ca: ca.cert, cert: admin.cert, key: admin.key });
  const got: Message[] = [];
  socket.on('open', () => send(socket));
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer, isBinary) => {
      got.push(isBinary ? [data[0]!, data.subarray(1).toString()] : [data[0]! - 48, Buffer.from(data.toString('latin1', 1), 'base64').toString()]);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ protocol: socket.protocol, got }));
  });
}

const isEmpty = ([, content]: Message) => content === '';

test.each([
  [['v5.channel.k8s.io', 'v4.channel.k8s.io'], 'v5.channel.k8s.io'],
  [['v4.base64.channel.k8s.io'], 'v4.base64.channel.k8s.io'],
  [['channel.k8s.io'], 'channel.k8s.io'],
  [['base64.channel.k8s.io'], 'base64.channel.k8s.io'],
  [[], ''],
])('exec over channels: %j', async (offered, chosen) => {
  const { protocol, got } = await messages('exec?command=echo&command=hello&stdout=1&stderr=1', offered);
  expect(protocol).toBe(chosen);
  // First of all, an empty message says that the streams are there.
  expect(got[0]).toEqual([1, '']);
  const status = /^v[45]/.test(chosen) ? [[3, JSON.stringify({ metadata: {}, status: 'Success' })]] : [];
  expect(got.filter((message) => !isEmpty(message))).toEqual([[1, 'hello\n'], [2, 'to stderr\n'], ...status]);
});

test('before the fourth protocol a failure is a text', async () => {
  const { got } = await messages('exec?command=exit&command=7&stdout=1', ['channel.k8s.io']);
  expect(got.filter((message) => !isEmpty(message))).toEqual([[3, 'command terminated with non-zero exit code: exit status 7']]);
});

test.each([[['v4.channel.k8s.io']], [['v4.base64.channel.k8s.io']], [[]]])('port-forward over channels: %j', async (offered) => {
  const isText = String(offered[0]).includes('base64');
  const request = Buffer.from('GET /ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  const { got } = await messages(`portforward?ports=${port}`, offered, (socket) => socket.send(isText ? `0${request.toString('base64')}` : Buffer.concat([Buffer.from([0]), request])));
  expect(got.map(([channel]) => channel).slice(0, 2)).toEqual([0, 1]);
  const answer = got.slice(2).map(([channel, content]) => (channel === 0 ? content : '')).join('');
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain(`you asked for /ws ${'y'.repeat(100_000)}`);
});

test('a port where nobody listens is told on the error channel', async () => {
  const { got } = await messages('portforward?ports=1', ['v4.channel.k8s.io']);
  expect(got.at(-1)).toEqual([1, expect.stringMatching(/^error forwarding port 1 to pod /)]);
});

/** Every message as text, over a path of its own. */
function texts(path: string, protocols: string[], onText?: (text: string, socket: WebSocket) => void): Promise<{ protocol: string; got: string[] }> {
  const { admin, ca } = server.pki;
  const socket = new WebSocket(`wss://127.0.0.1:${server.port}${path}`, protocols, { ca: ca.cert, cert: admin.cert, key: admin.key });
  const got: string[] = [];
  return new Promise((resolve, reject) => {
    socket.on('message', (data: Buffer) => {
      got.push(data.toString());
      onText?.(data.toString(), socket);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve({ protocol: socket.protocol, got }));
  });
}

test.each([[['binary.k8s.io'], 'binary.k8s.io'], [[], '']])('logs in messages: %j', async (offered, chosen) => {
  const { protocol, got } = await texts('/api/v1/namespaces/default/pods/web/log?tailLines=3', offered);
  expect([protocol, got.join('')]).toEqual([chosen, 'c tail=3 follow=false\nsecond line\n']);
});

test('logs in base64', async () => {
  const { got } = await texts('/api/v1/namespaces/default/pods/web/log', ['base64.binary.k8s.io']);
  expect(got.map((text) => Buffer.from(text, 'base64').toString()).join('')).toBe('c tail=undefined follow=false\nsecond line\n');
});

test('what cannot be logged is refused before the handshake', async () => {
  await expect(texts('/api/v1/namespaces/default/pods/none/log', [])).rejects.toThrow('404');
});

test('a watch tells an event a message', async () => {
  const maps = '/api/v1/namespaces/default/configmaps';
  const steps: Record<string, (socket: WebSocket) => unknown> = {
    ADDED: () => server.client.patch(core('configmaps'), 'watched', 'default', 'merge', { data: { a: 'b\nc' } }),
    MODIFIED: () => server.client.delete(core('configmaps'), 'watched', 'default'),
    DELETED: (socket) => socket.close(),
  };
  await server.client.create(core('configmaps'), { metadata: { name: 'watched', namespace: 'default' } });
  const { protocol, got } = await texts(`${maps}?watch=1&fieldSelector=metadata.name=watched`, ['base64.binary.k8s.io'], (text, socket) => {
    void steps[(JSON.parse(text) as { type: string }).type]!(socket);
  });
  expect(protocol).toBe('base64.binary.k8s.io');
  const events = got.map((text) => JSON.parse(text) as { type: string; object: { kind: string; data?: unknown } });
  expect(events.map(({ type }) => type)).toEqual(['ADDED', 'MODIFIED', 'DELETED']);
  expect(events[1]!.object).toMatchObject({ kind: 'ConfigMap', data: { a: 'b\nc' } });
});

test('a watch that ends closes its WebSocket', async () => {
  const { got } = await texts('/api/v1/namespaces/default/pods?watch=1&timeoutSeconds=1&allowWatchBookmarks=1', []);
  expect(got.map((text) => (JSON.parse(text) as { type: string }).type)).toEqual(['ADDED', 'BOOKMARK']);
});
