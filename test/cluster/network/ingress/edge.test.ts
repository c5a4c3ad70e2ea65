import { createServer, get, request, type IncomingMessage, type RequestOptions, type Server } from 'node:http';
import { connect as connectH2 } from 'node:http2';
import { get as getTLS } from 'node:https';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTLS, type TLSSocket } from 'node:tls';
import type { Event } from '../../../../src/api/generated/core.v1';
import type { Ingress } from '../../../../src/api/generated/networking.v1';
import { resources } from '../../../../src/cluster/network/state';
import { eventually } from '../../../support/cluster';
import { startEdgeNetwork, type EdgeNetwork } from '../edge-network';
import { endpoint, slice } from '../objects';
import { ingress, rule } from './objects';

describe('Ingresses on this machine', () => {
  let edge: EdgeNetwork;
  let client: EdgeNetwork['client'];
  let network: EdgeNetwork['network'];
  let ca: EdgeNetwork['ca'];
  let pods: EdgeNetwork['pods'];

  beforeAll(async () => {
    edge = await startEdgeNetwork();
    ({ client, network, ca, pods } = edge);
    await Promise.all(['10.244.0.2', '10.244.0.3'].map((address) => pod(address)));
    await pod('10.244.0.4', (asked, body) => JSON.stringify({ headers: asked.headers, body }));
    await edge.expose('web', '10.244.0.2', '10.244.0.3');
    await edge.expose('echo', '10.244.0.4');
  });
  afterAll(() => edge.stop());

  const pod = (address: string, serve: (request: IncomingMessage, text: string) => string = (asked) => `${address} ${asked.method} ${asked.url}`) => new Promise<Server>((resolve) => {
    const server = createServer((asked, response) => {
      if (asked.url === '/events') {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
        asked.on('close', () => response.end());
      } else text(asked).then((body) => response.setHeader('x-pod', address).end(serve(asked, body)), () => response.destroy());
    }).on('upgrade', (asked: IncomingMessage, socket) => {
      socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: ${asked.headers.upgrade}\r\nConnection: Upgrade\r\n\r\n`);
      socket.on('data', (data: Buffer) => socket.write(`echo ${data.toString()}`)).on('error', () => undefined);
    }).listen(0, '127.0.0.1', () => resolve(server));
    pods.set(`${address}:8080`, server);
  });

  const http = () => network.edgePorts!.http;
  const https = () => network.edgePorts!.https;
  const ask = (host: string, path = '/', options: RequestOptions = {}, body?: string) => new Promise<{ status: number; headers: IncomingMessage['headers']; text: string }>((resolve, reject) => {
    const sent = request({ port: http(), host: '127.0.0.1', path, agent: false, ...options, headers: { host, ...options.headers as object } }, (response) => {
      text(response).then((said) => resolve({ status: response.statusCode!, headers: response.headers, text: said }), reject);
    }).once('error', reject);
    sent.end(body);
  });
  const served = (host: string, path?: string) => eventually(async () => {
    const answer = await ask(host, path);
    return answer.status === 404 || answer.status === 503 ? undefined : answer;
  });
  const create = (one: Ingress) => client.create(resources.ingresses, one);

  it('routes by host and path, to every pod, and says why it cannot', async () => {
    await create(ingress('web', { rules: [rule('web.example.com', ['/', 'web'], ['/gone', 'gone'])] }));
    await served('web.example.com');
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('web.example.com', '/a?b=c')));
    expect(new Set(answers.map((answer) => answer.text))).toEqual(new Set(['10.244.0.2 GET /a?b=c', '10.244.0.3 GET /a?b=c']));
    expect(await ask('web.example.com', '/gone')).toMatchObject({ status: 503, text: '503 Service Unavailable: Ingress default/web: Service default/gone does not exist\n' });
    expect(await ask('other.example.com')).toMatchObject({ status: 404, text: expect.stringContaining('there are rules for web.example.com') });
    expect((await client.get<Ingress>(resources.ingresses, 'web', 'default')).status).toEqual({ loadBalancer: { ingress: [{ ip: '127.0.0.1', ports: [{ port: http(), protocol: 'TCP' }, { port: https(), protocol: 'TCP' }] }] } });
  });

  it('tells on the Ingress what stays wrong', async () => {
    const events = await eventually(async () => {
      const { items } = await client.list<Event>({ group: '', version: 'v1', plural: 'events', namespaced: true });
      return items.length ? items : undefined;
    });
    expect(events[0]).toMatchObject({ type: 'Warning', reason: 'BackendUnavailable', involvedObject: { kind: 'Ingress', name: 'web' }, message: 'Service default/gone does not exist' });
  });

  it('reaches Services by their names', async () => {
    expect((await served('echo.default.localhost')).status).toBe(200);
  });

  it('hands over bodies, small and large, and tells who asks', async () => {
    await create(ingress('echo', { rules: [rule('echo.example.com', ['/', 'echo'])] }, { 'proxy-body-size': '1m' }));
    await served('echo.example.com');
    for (const size of [10, 500_000]) {
      const answer = await ask('echo.example.com', '/', { method: 'POST' }, 'x'.repeat(size));
      const { headers, body } = JSON.parse(answer.text) as { headers: Record<string, string>; body: string };
      expect(body).toHaveLength(size);
      expect(headers).toMatchObject({ 'host': 'echo.example.com', 'x-forwarded-for': '127.0.0.1', 'x-forwarded-proto': 'http', 'x-forwarded-port': String(http()) });
    }
    expect((await ask('echo.example.com', '/', { method: 'POST' }, 'x'.repeat(1_100_000))).status).toBe(413);
    const chunked = await ask('echo.example.com', '/', { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }, 'chunks');
    expect((JSON.parse(chunked.text) as { body: string }).body).toBe('chunks');
  });

  it('streams: the first event comes before the last', async () => {
    await served('web.example.com');
    const first = await new Promise<string>((resolve, reject) => {
      const sent = get({ port: http(), host: '127.0.0.1', path: '/events', agent: false, headers: { host: 'web.example.com' } }, (response) => {
        response.once('data', (chunk: Buffer) => {
          resolve(chunk.toString());
          sent.destroy();
        });
      }).once('error', reject);
    });
    expect(first).toBe('data: 1\n\n');
  });

  it('carries WebSockets', async () => {
    await served('web.example.com');
    const socket = connect({ port: http(), host: '127.0.0.1' });
    socket.write('GET /ws HTTP/1.1\r\nHost: web.example.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n');
    let said = '';
    socket.on('data', (chunk) => (said += String(chunk)));
    await eventually(() => said.includes('101 Switching Protocols'));
    socket.write('hello');
    await eventually(() => said.endsWith('echo hello'));
    socket.destroy();
  });

  it('goes to another pod when one refuses, and back', async () => {
    pods.get('10.244.0.3:8080')!.close();
    pods.get('10.244.0.3:8080')!.closeAllConnections();
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask('web.example.com', '/', { method: 'POST' }, 'x')));
    expect(new Set(answers.map((answer) => answer.text))).toEqual(new Set(['10.244.0.2 POST /']));
    await pod('10.244.0.3');
  });

  it('loads a new table without dropping a request', async () => {
    let running = true;
    const failures: string[] = [];
    const asking = Promise.all([1, 2, 3].map(async () => {
      while (running) await ask('web.example.com').then(({ status }) => status === 200 || failures.push(String(status)), (error: Error) => failures.push(error.message));
    }));
    for (let turn = 0; turn < 10; turn++) {
      await create(ingress(`turn-${turn}`, { rules: [rule(`turn-${turn}.example.com`, ['/', 'web'])] }));
      await served(`turn-${turn}.example.com`);
      await client.update(resources.endpointSlices, slice('web', [{ name: '', port: 8080 }], [endpoint(turn % 2 ? '10.244.0.2' : '10.244.0.3')]));
    }
    running = false;
    await asking;
    expect(failures).toEqual([]);
  });

  describe('with TLS', () => {
    beforeAll(async () => {
      await create(ingress('secure', { tls: [{ hosts: ['secure.example.com'], secretName: 'cert' }], rules: [rule('secure.example.com', ['/', 'web'])] }));
      await served('secure.example.com');
    });

    const certificateOf = (servername: string) => new Promise<string>((resolve, reject) => {
      getTLS({ port: https(), host: '127.0.0.1', servername, agent: false, rejectUnauthorized: false, headers: { host: servername } }, (response) => {
        resolve((response.socket as TLSSocket).getPeerCertificate().subject.CN as string);
        response.resume();
      }).once('error', reject);
    });

    it('takes the certificate of the name, else its own', async () => {
      expect([await certificateOf('secure.example.com'), await certificateOf('other.example.com')]).toEqual(['secure', 'default']);
    });

    it('sends HTTP to HTTPS', async () => {
      expect(await ask('secure.example.com', '/x?y')).toMatchObject({ status: 308, headers: { location: `https://secure.example.com:${https()}/x?y` } });
    });

    it('carries plain requests, then chunks, then a WebSocket on one connection', async () => {
      const socket = connectTLS({ port: https(), host: '127.0.0.1', servername: 'secure.example.com', ca: ca.cert, ALPNProtocols: ['http/1.1'] });
      let said = '';
      socket.on('data', (chunk) => (said += String(chunk)));
      const ask = (request: string, end: string) => {
        socket.write(request);
        return eventually(() => said.endsWith(end));
      };
      await ask('GET /1 HTTP/1.1\r\nHost: secure.example.com\r\n\r\n', 'GET /1');
      await ask('POST /2 HTTP/1.1\r\nHost: secure.example.com\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n', 'POST /2');
      await ask('GET /ws HTTP/1.1\r\nHost: secure.example.com\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n', 'Upgrade\r\n\r\n');
      await ask('hello', 'echo hello');
      socket.destroy();
    });

    it('speaks HTTP/2 to clients', async () => {
      const session = connectH2(`https://127.0.0.1:${https()}`, { ca: ca.cert, servername: 'secure.example.com' });
      const stream = session.request({ ':path': '/h2', ':method': 'POST', ':authority': 'secure.example.com' });
      const headers = new Promise<Record<string, unknown>>((resolve) => stream.once('response', resolve));
      stream.end('body');
      expect([(await headers)[':status'], await text(stream)]).toEqual([200, expect.stringMatching(/^10\.244\.0\.\d POST \/h2$/)]);
      session.close();
    });
  });
});
