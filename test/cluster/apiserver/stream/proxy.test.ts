import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer, request as httpsRequest } from 'node:https';
import type { AddressInfo } from 'node:net';
import { redirectOf, rewriteLocation, splitUrl } from '../../../../src/cluster/apiserver/stream/proxy/location';
import { scriptedAgent } from '../support/agent';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';

const root = '/api/v1/namespaces/default/pods/web/proxy';

describe('URLs of a proxy', () => {
  it.each<[string, { prefix: string; path: string; search: string }]>([
    [root, { prefix: root, path: '', search: '' }],
    [`${root}/`, { prefix: root, path: '/', search: '' }],
    [`${root}/a%20b/c/?x=1&y`, { prefix: root, path: '/a%20b/c/', search: '?x=1&y' }],
    ['/api/v1/namespaces/pods/services/https:pods:443/proxy/pods/x/proxy', { prefix: '/api/v1/namespaces/pods/services/https:pods:443/proxy', path: '/pods/x/proxy', search: '' }],
  ])('%s', (url, expected) => expect(splitUrl(url)).toEqual(expected));

  it.each<[string, string, string | undefined]>([
    ['GET', `${root}?x=1`, `${root}/?x=1`],
    ['HEAD', root, `${root}/`],
    ['POST', root, undefined],
    ['GET', `${root}/`, undefined],
  ])('%s %s begins anew at %s', (method, url, expected) => expect(redirectOf(method, splitUrl(url))).toBe(expected));

  it.each<[string, string, string]>([
    ['a path', '/login?next=%2F', `${root}/login?next=%2F`],
    ['the root', '/', `${root}/`],
    ['a URL of the server behind', 'http://10.1.2.3:80/login/', `${root}/login/`],
    ['a URL of this server', 'https://localhost:6443/login', `${root}/login`],
    ['another host', 'https://example.com/login', 'https://example.com/login'],
    ['a relative path', 'login', 'login'],
    ['a path that has it already', `${root}/login`, `${root}/login`],
  ])('a redirect to %s', (_, location, expected) => expect(rewriteLocation(location, root, ['10.1.2.3:80', 'localhost:6443'])).toBe(expected));
});

describe('the proxy of pods and services', () => {
  let server: TestServer;
  const behind: Server[] = [];
  const says: RequestListener = (request, response) => {
    if (request.url === '/old') response.writeHead(302, { location: '/new' });
    response.end(`${request.method} ${request.url} from ${request.headers['x-forwarded-uri']}`);
  };
  const portOf = async (of: Server) => {
    behind.push(of);
    await new Promise<void>((resolve) => of.listen(0, '127.0.0.1', resolve));
    return (of.address() as AddressInfo).port;
  };
  let plain = 0;
  let secure = 0;

  beforeAll(async () => {
    server = await startServer([], scriptedAgent);
    const http = createServer(says);
    http.on('upgrade', (request, socket) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade}\r\n\r\nhello `);
      socket.pipe(socket);
    });
    plain = await portOf(http);
    const { cert, key } = server.pki.apiServer;
    secure = await portOf(createSecureServer({ cert, key }, says));
    await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
    await server.client.create(core('pods'), { metadata: { name: 'web', namespace: 'default' }, spec: { nodeName: 'node', containers: [{ name: 'c', image: 'x' }] } } as never);
    await server.client.patch(core('pods'), 'web', 'default', 'merge', { status: { podIP: '127.0.0.1' } }, { subresource: 'status' });
  });
  afterAll(async () => {
    await Promise.all(behind.map((each) => new Promise((resolve) => {
      each.closeAllConnections();
      each.close(resolve);
    })));
    await server.close();
  });
  const at = (name: string) => `/api/v1/namespaces/default/pods/${name}/proxy`;

  it('keeps the path and the query as they were written', async () => {
    expect((await server.ask(`${at(`web:${plain}`)}/a%20b/?x=a%20b&y`)).text).toBe(`GET /a%20b/?x=a%20b&y from ${at(`web:${plain}`)}/a%20b/`);
  });

  it('speaks TLS where the name says https, whoever signed the certificate', async () => {
    expect((await server.ask(`${at(`https:web:${secure}`)}/x`)).text).toMatch(/^GET \/x from /);
    expect((await server.ask(`${at(`http:web:${plain}`)}/x`)).text).toMatch(/^GET \/x from /);
    expect((await server.ask(`${at(`https:web:${plain}`)}/x`)).json).toMatchObject({ code: 503, reason: 'ServiceUnavailable', message: expect.stringContaining('error trying to reach service: ') as string });
  });

  it('leads redirects back through itself', async () => {
    const base = at(`web:${plain}`);
    expect(await server.ask(base)).toMatchObject({ code: 301, headers: { location: `${base}/` } });
    expect(await server.ask(`${base}/old`)).toMatchObject({ code: 302, headers: { location: `${base}/new` } });
  });

  it.each(['ftp:web:80', 'a:b:c:d', 'https::80'])('refuses %s', async (name) => {
    expect((await server.ask(`${at(name)}/`)).json).toMatchObject({ code: 400, message: `invalid pod request "${name}"` });
  });

  it('carries WebSockets', async () => {
    const { cert, key } = server.pki.admin;
    const said = await new Promise<string>((resolve, reject) => {
      const request = httpsRequest({ port: server.port, ca: server.pki.ca.cert, cert, key, path: `${at(`web:${plain}`)}/socket`, headers: { connection: 'Upgrade', upgrade: 'websocket' } });
      request.on('error', reject).on('upgrade', (_, socket, head) => {
        let text = head.toString();
        socket.on('data', (chunk: Buffer) => {
          text += chunk.toString();
          if (text === 'hello again') socket.destroy();
        }).on('close', () => resolve(text));
        socket.write('again');
      }).end();
    });
    expect(said).toBe('hello again');
  });
});
