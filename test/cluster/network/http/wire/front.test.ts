import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { sleep, systemClock } from '../../../../../src/api/clock';
import { openFront, type Front, type Router } from '../../../../../src/cluster/network/http/front';
import { Pools } from '../../../../../src/cluster/network/http/pools';
import type { Policy, Route } from '../../../../../src/cluster/network/http/route';
import { Upstreams } from '../../../../../src/cluster/network/http/wire/upstreams';
import { eventually } from '../../../../support/cluster';

/** What a target does with the bytes of a request. */
type Serve = (socket: Socket, said: string, count: number) => void;

const ok = (body: string, ...lines: string[]) => ['HTTP/1.1 200 OK', `Content-Length: ${body.length}`, ...lines, '', body].join('\r\n');
const get = (path: string, ...lines: string[]) => [`GET ${path} HTTP/1.1`, 'Host: a.example', ...lines, '', ''].join('\r\n');

describe('requests that are carried as bytes', () => {
  let front: Front;
  let target: Server;
  let serve: Serve = (socket) => socket.write(ok('x'));
  let policy: Policy = {};
  let connections = 0;
  const open = new Set<Socket>();

  beforeAll(async () => {
    target = createServer((socket) => {
      let count = 0;
      connections++;
      open.add(socket);
      socket.on('data', (data) => serve(socket, data.toString('latin1'), ++count)).on('error', () => undefined).on('close', () => open.delete(socket));
    });
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const dial = () => new Promise<Socket>((resolve, reject) => {
      const socket = connect({ port: (target.address() as AddressInfo).port, host: '127.0.0.1' }, () => resolve(socket)).once('error', reject);
    });
    const pools = new Pools(dial, systemClock);
    const targets = [{ address: '10.244.0.2', port: 8080 }];
    const route = (): Route => ({ owner: 'Ingress default/web', match: { path: { type: 'prefix', path: '/' } }, policy, action: { do: 'forward', backends: [{ name: 'web', weight: 1, protocol: 'http', targets }] } });
    const find: Router['find'] = ({ path }) => {
      if (path === '/broken') throw new Error('no table');
      return path === '/none' ? { status: 404, message: 'none' } : route();
    };
    front = await openFront(0, ['127.0.0.1'], {
      pools, upstreams: new Upstreams(pools, systemClock), clock: systemClock, random: Math.random, log: () => undefined,
      router: { find }, ports: () => ({ own: 0, http: 80, https: 443 }),
    });
  });
  afterAll(async () => {
    await front.close();
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => target.close(resolve));
  });
  beforeEach(() => {
    for (const socket of open) socket.destroy();
    policy = {};
    connections = 0;
  });

  /** A client that has said this; `said` is what came back. */
  function client(text: string) {
    const socket = connect({ port: front.port, host: '127.0.0.1' });
    const state = { socket, said: '', isClosed: false };
    socket.on('data', (data) => (state.said += data.toString('latin1'))).on('close', () => (state.isClosed = true)).on('error', () => undefined);
    socket.write(text, 'latin1');
    return state;
  }
  const answered = async (text: string, end: string | RegExp) => {
    const state = client(text);
    await eventually(() => (typeof end === 'string' ? state.said.endsWith(end) : end.test(state.said)));
    state.socket.destroy();
    return state.said;
  };

  it('tells the target who asks, and nothing of the client\'s connection', async () => {
    let asked = '';
    serve = (socket, said) => {
      asked = said;
      socket.write(ok('x', 'Connection: keep-alive', 'X-A: b'));
    };
    const said = await answered(get('/a?b', 'X-Forwarded-For: 1.2.3.4', 'TE: trailers', 'X-B: c'), 'x');
    expect(asked).toMatch(/^GET \/a\?b HTTP\/1\.1\r\nhost: a\.example\r\nX-B: c\r\nX-Request-ID: [0-9a-f]{32}\r\nX-Real-IP: 127\.0\.0\.1\r\nX-Forwarded-For: 127\.0\.0\.1\r\n/);
    expect(asked).not.toMatch(/1\.2\.3\.4|TE:/);
    expect(said).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Length: 1\r\nX-A: b\r\ndate: [^\r]+\r\nconnection: keep-alive\r\nkeep-alive: timeout=75\r\n\r\nx$/);
  });

  it('answers requests that come at once in their order, over one connection', async () => {
    serve = (socket, said) => setTimeout(() => socket.write(ok(said.split(' ')[1]!)), said.includes('/1') ? 30 : 0);
    const said = await answered(get('/1') + get('/2') + get('/3'), '/3');
    expect(said.match(/\/\d(?!\.)/g)).toEqual(['/1', '/2', '/3']);
    expect(connections).toBe(1);
  });

  it('serves what it does not carry itself on the same connection, behind what it does', async () => {
    serve = (socket, said) => socket.write(ok(/0\r\n\r\n$|body$/.test(said) ? `${said.split(' ')[0]} ` : 'first '));
    const said = await answered(get('/1') + 'POST /2 HTTP/1.1\r\nHost: a.example\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n' + get('/none'), /404[^]*none/);
    expect(said.match(/HTTP\/1\.1 \d+|first|POST/g)).toEqual(['HTTP/1.1 200', 'first', 'HTTP/1.1 200', 'POST', 'HTTP/1.1 404']);
  });

  it('answers when the table itself fails', async () => {
    expect(await answered(get('/broken'), /\n$/)).toContain('500 Internal Server Error: no table');
  });

  it('hands chunks and trailers on, and gives chunks to what has none', async () => {
    serve = (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-A: b\r\n\r\n');
    expect(await answered(get('/'), '\r\n\r\n3\r\nabc\r\n0\r\nX-A: b\r\n\r\n')).toContain('transfer-encoding: chunked');
    serve = (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nabc');
    expect(await answered(get('/'), '\r\n\r\n3\r\nabc\r\n0\r\n\r\n')).toContain('transfer-encoding: chunked');
  });

  it('ends the connection when the client wants it', async () => {
    serve = (socket) => socket.write(ok('x'));
    const state = client(get('/', 'Connection: close'));
    await eventually(() => state.isClosed);
    expect(state.said).toMatch(/connection: close\r\n\r\nx$/);
  });

  it('asks again when a kept connection was closed, but never sends a POST twice', async () => {
    let posts = 0;
    serve = (socket, said, count) => {
      if (said.startsWith('POST')) posts++;
      if (count > 1) socket.destroy();
      else socket.write(ok('x'));
    };
    expect(await answered(get('/'), 'x')).toContain('200 OK');
    expect(await answered(get('/'), 'x')).toContain('200 OK');
    const said = await answered('POST / HTTP/1.1\r\nHost: a.example\r\nContent-Length: 1\r\n\r\ny', /\n$/);
    expect(said).toContain('502 Bad Gateway: Ingress default/web: web at 10.244.0.2:8080');
    expect(posts).toBe(1);
  });

  it('uses no connection again on which more came than was asked for', async () => {
    serve = (socket) => socket.write(`${ok('x')}HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged`);
    expect(await answered(get('/1'), 'x')).not.toContain('forged');
    expect(await answered(get('/2'), 'x')).not.toContain('forged');
    expect(connections).toBe(2);
  });

  it.each([
    ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['no HTTP', 'hello\r\n\r\n'],
  ])('refuses an answer with %s', async (_, answer) => {
    serve = (socket) => socket.write(answer);
    expect(await answered(get('/'), /\n$/)).toMatch(/^HTTP\/1\.1 502 /);
  });

  it('cuts off what the target has cut off', async () => {
    serve = (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc');
    const state = client(get('/'));
    await eventually(() => state.isClosed);
    expect(state.said).toMatch(/\r\n\r\nabc$/);
  });

  it('lets go of the target when the client does', async () => {
    let asked: Socket | undefined;
    serve = (socket) => void (asked = socket);
    const state = client(get('/'));
    await eventually(() => asked);
    state.socket.destroy();
    await eventually(() => asked!.destroyed);
  });

  it('waits for clients that are slow, and loses nothing', async () => {
    const size = 24 << 20;
    let asked: Socket | undefined;
    serve = (socket) => {
      asked = socket;
      socket.write(ok('z'.repeat(size)));
    };
    const state = client(get('/'));
    state.socket.pause();
    await eventually(() => asked && asked.writableLength > 0);
    await sleep(systemClock, 200);
    expect(asked!.writableLength).toBeGreaterThan(0);
    state.socket.resume();
    await eventually(() => state.said.length > size);
    expect(state.said.slice(state.said.indexOf('\r\n\r\n') + 4)).toHaveLength(size);
    state.socket.destroy();
  });

  it('gives up in time', async () => {
    serve = () => undefined;
    policy = { readTimeoutMs: 50 };
    expect(await answered(get('/'), /\n$/)).toMatch(/^HTTP\/1\.1 504 /);
    policy = { requestTimeoutMs: 50 };
    expect(await answered(get('/'), /\n$/)).toContain('504 Gateway Timeout: no answer within 50 ms');
  });

  it('edits headers as the route says, and sends none that would be two', async () => {
    serve = (socket, said) => socket.write(ok(/x-a: (.*)/i.exec(said)?.[1] ?? '-', 'X-B: c'));
    policy = { edits: { request: { set: [['x-a', '1']] }, response: { remove: ['x-b'], set: [['x-c', 'd']] } }, affinity: { cookie: 'route', attributes: '; Path=/' } };
    expect(await answered(get('/'), '1')).toMatch(/x-c: d\r\nset-cookie: route=[0-9a-f]{32}; Path=\/\r\n/);
    policy = { edits: { response: { set: [['x-c', 'd\r\nx-d: e']] } } };
    expect(await answered(get('/'), /\n$/)).toMatch(/^HTTP\/1\.1 500 /);
  });
});
