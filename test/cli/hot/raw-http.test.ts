import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { openRaw, parseResponse } from '../../../src/cli/hot/raw-http';

const plain = (body: string) => Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
const chunked = (...parts: string[]) =>
  Buffer.from(`HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n${parts.map((part) => `${Buffer.byteLength(part).toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`);

test('a whole response, whatever follows it', () => {
  const first = plain('añb');
  expect(parseResponse(Buffer.concat([first, Buffer.from('HTTP/1.1')]))).toMatchObject({ status: 200, body: Buffer.from('añb'), end: first.length });
  expect(parseResponse(chunked('ab', 'c'))).toMatchObject({ status: 404, body: Buffer.from('abc') });
});

test('nothing before it is whole', () => {
  fc.assert(fc.property(fc.constantFrom(plain('body'), chunked('some', 'more')), fc.nat(), (bytes, cut) => {
    const length = cut % bytes.length;
    expect(parseResponse(bytes.subarray(0, length))).toBeUndefined();
  }));
});

test.each(['HTTP/1.0 200 OK\r\n\r\n', 'SSH-2.0\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 0\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n'])('%j is not for us', (head) => {
  expect(() => parseResponse(Buffer.from(head))).toThrow('unexpected answer');
});

describe('over a connection', () => {
  let server: Server;
  const connectionTo = () => ({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}/prefix`, namespace: 'default', tls: {}, auth: { token: 't' } });
  beforeEach(async () => {
    server = createServer((request, response) => {
      response.end(JSON.stringify({ url: request.url, accept: request.headers.accept, authorization: request.headers.authorization }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  }));

  test('one request after the other', async () => {
    const raw = await openRaw(connectionTo());
    const bodies = [await raw.get('/a?b', 'x/y'), await raw.get('/c', 'x/y')].map(({ body }) => JSON.parse(body.toString()) as unknown);
    raw.end();
    expect(bodies).toEqual(['/prefix/a?b', '/prefix/c'].map((url) => ({ url, accept: 'x/y', authorization: 'Bearer t' })));
  });

  test('a connection that nobody takes is an error', async () => {
    const connection = connectionTo();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    const raw = await openRaw(connection);
    await expect(raw.get('/', 'x/y')).rejects.toThrow('ECONNREFUSED');
    server.listen(0);
  });
});
