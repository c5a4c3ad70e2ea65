import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { httpClient, openWebSocket } from '../../../src/client/http';
import { proxyFromEnvironment } from '../../../src/client/http/proxy-of';
import { loadKubeconfig, resolveConnection } from '../../../src/client/kubeconfig';
import { scriptedAgent } from '../../cluster/apiserver/support/agent';
import { startServer, type TestServer } from '../../cluster/apiserver/support/server';
import { core } from '../../cluster/apiserver/support/registry';
import { knarrPath } from '../../support/cluster';
import { runAsync } from '../../support/process';

jest.setTimeout(60_000);

const noProxy = 'internal, .only-below.example,10.0.0.0/8,192.168.1.1,port.example:8443,*.star.example';
test.each([
  ['https://api.example', {}, undefined],
  ['https://api.example', { HTTPS_PROXY: 'http://proxy:3128' }, 'http://proxy:3128'],
  ['https://api.example', { https_proxy: 'proxy:3128' }, 'http://proxy:3128'],
  ['http://api.example', { HTTPS_PROXY: 'http://proxy:3128' }, undefined],
  ['http://api.example', { HTTP_PROXY: 'socks5://proxy' }, 'socks5://proxy'],
  ['https://127.0.0.1:6443', { HTTPS_PROXY: 'http://proxy' }, undefined],
  ['https://[::1]:6443', { HTTPS_PROXY: 'http://proxy' }, undefined],
  ['https://localhost', { HTTPS_PROXY: 'http://proxy' }, undefined],
  ['https://a.internal', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, undefined],
  ['https://internal', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, undefined],
  ['https://only-below.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, 'http://proxy'],
  ['https://a.only-below.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, undefined],
  ['https://a.star.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, undefined],
  ['https://10.1.2.3', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, undefined],
  ['https://11.1.2.3', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, 'http://proxy'],
  ['https://192.168.1.1', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, undefined],
  ['https://port.example:8443', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, undefined],
  ['https://port.example', { HTTPS_PROXY: 'http://proxy', NO_PROXY: noProxy }, 'http://proxy'],
  ['https://api.example', { HTTPS_PROXY: 'http://proxy', no_proxy: '*' }, undefined],
])('the proxy for %s of %j is %s', (server, env, proxy) => expect(proxyFromEnvironment(server, env)).toBe(proxy));

let server: TestServer;
let asked: string[];
const servers: (HttpServer | Server)[] = [];
beforeAll(async () => {
  server = await startServer([], scriptedAgent);
  await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
  const pod = { metadata: { name: 'web', namespace: 'default' }, spec: { nodeName: 'node', containers: [{ name: 'c', image: 'x' }], serviceAccountName: 'default' } };
  await server.client.create(core('pods'), pod as never);
  await server.client.patch(core('pods'), 'web', 'default', 'merge', { status: { phase: 'Running', podIP: '127.0.0.1' } }, { subresource: 'status' });
});
beforeEach(() => { asked = []; });
afterAll(async () => {
  for (const each of servers) each.close();
  await server.close();
});

async function listening(of: HttpServer | Server): Promise<number> {
  servers.push(of);
  await new Promise<void>((resolve) => of.listen(0, '127.0.0.1', resolve));
  return (of.address() as AddressInfo).port;
}

/** One that opens tunnels to those who log in as user:secret. */
function connectProxy(): Promise<number> {
  const proxy = createHttpServer();
  proxy.on('connect', ({ url, headers }, socket: Socket) => {
    asked.push(`${url} ${headers['proxy-authorization'] ?? ''}`);
    if (headers['proxy-authorization'] !== `Basic ${Buffer.from('user:secret').toString('base64')}`) return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const target = connect(Number(url!.split(':')[1]), '127.0.0.1', () => socket.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    socket.pipe(target).pipe(socket);
    for (const each of [socket, target]) each.on('error', () => undefined);
  });
  return listening(proxy);
}

/** The same in SOCKS5, for whole messages that come at once. */
function socksProxy(): Promise<number> {
  const proxy = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', (greeting: Buffer) => {
      socket.write(Buffer.from([5, greeting.includes(2, 2) ? 2 : 0]));
      socket.once('data', (first: Buffer) => {
        const asks = (request: Buffer) => {
          const port = request.readUInt16BE(request.length - 2);
          asked.push(`${request.toString('utf8', 5, 5 + request[4]!)}:${port}`);
          const target = connect(port, '127.0.0.1', () => socket.write(Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0])));
          target.on('error', () => undefined);
          socket.pipe(target).pipe(socket);
        };
        if (first[0] === 5) return asks(first);
        asked.push(first.toString('utf8', 2, 2 + first[1]!));
        socket.write(Buffer.from([1, 0]));
        socket.once('data', asks);
      });
    });
  });
  return listening(proxy);
}

const connectionThrough = async (proxyUrl: string) => ({ ...resolveConnection(await loadKubeconfig({ env: {}, home: '/nonexistent', explicit: server.kubeconfig })), proxyUrl });

async function usePods(proxyUrl: string): Promise<void> {
  const connection = await connectionThrough(proxyUrl);
  const client = httpClient(connection);
  try {
    expect((await client.list(core('pods'), { namespace: 'default' })).items).toHaveLength(1);
  } finally {
    await client.close();
  }
  const { stream } = await openWebSocket(connection, '/api/v1/namespaces/default/pods/web/exec', { command: ['echo', 'hi'], stdout: true }, ['v5.channel.k8s.io']);
  await new Promise((resolve) => stream.once('close', resolve));
}

test('through a proxy of HTTP, with a login', async () => {
  await usePods(`http://user:secret@127.0.0.1:${await connectProxy()}`);
  expect(asked).toHaveLength(2);
  expect(asked[0]).toBe(`127.0.0.1:${server.port} Basic dXNlcjpzZWNyZXQ=`);
});

test('a proxy that refuses', async () => {
  const client = httpClient(await connectionThrough(`http://127.0.0.1:${await connectProxy()}`));
  await expect(client.list(core('pods'), { namespace: 'default' })).rejects.toThrow('Proxy Authentication Required');
  await client.close();
});

test('through a proxy of SOCKS5, with and without a login', async () => {
  const port = await socksProxy();
  await usePods(`socks5://127.0.0.1:${port}`);
  await usePods(`socks5://user:secret@127.0.0.1:${port}`);
  expect(asked).toEqual([`127.0.0.1:${server.port}`, `127.0.0.1:${server.port}`, 'user', `127.0.0.1:${server.port}`, 'user', `127.0.0.1:${server.port}`]);
});

test('asks again when the server wants it, and logs every request', async () => {
  let times = 0;
  const busy = createHttpServer((_request, response) => {
    if (times++ < 2) response.writeHead(429, { 'retry-after': '0' }).end('{}');
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ major: '1', minor: '33', gitVersion: 'v1.33.1' }));
  });
  const url = `http://127.0.0.1:${await listening(busy)}`;
  const { code, stdout, stderr } = await runAsync(knarrPath, ['get', '--raw', '/version', '-s', url, '-v=6', '--token=secret'], { ...process.env, KUBECONFIG: '/dev/null' });
  expect([code, JSON.parse(stdout) as unknown]).toEqual([0, { major: '1', minor: '33', gitVersion: 'v1.33.1' }]);
  const lines = stderr.trim().split('\n').map((line) => line.replace(/^I.*?\] /, '').replace(/\d+$/, 'N'));
  expect(lines).toEqual(['429 Too Many Requests', '429 Too Many Requests', '200 OK'].map((status) => `"Response" verb="GET" url="${url}/version" status="${status}" milliseconds=N`));
  const more = await runAsync(knarrPath, ['version', '-s', url, '-v=8', '--token=secret'], { ...process.env, KUBECONFIG: '/dev/null' });
  // Not in the clear.
  expect(more.stderr).not.toContain('Authorization');
  const secure = await runAsync(knarrPath, ['version', '-v=8', '--token=secret'], { ...process.env, KUBECONFIG: server.kubeconfig });
  expect(secure.stderr).toContain('\tAuthorization: Bearer <masked>\n');
  expect(more.stderr).toContain('"Response Body" body="{\\"major\\":\\"1\\"');
});
