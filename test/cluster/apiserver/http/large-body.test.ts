import fc from 'fast-check';
import { gunzipSync } from 'node:zlib';
import { joined, JoinedBody, largeChunkBytes } from '../../../../src/cluster/apiserver/http/large-body';
import type { KubeObject } from '../../../../src/api/meta';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';

test('parts joined in chunks are the parts joined', () => {
  const part = fc.record({ text: fc.string({ maxLength: 400_000 }), from: fc.integer({ min: 0, max: 20 }) });
  fc.assert(fc.property(fc.string(), fc.array(part, { maxLength: 6 }), (head, parts) => {
    const body = new JoinedBody(Buffer.from(head), parts.map(({ text, from }) => {
      const bytes = Buffer.from(text);
      return { bytes, from: Math.min(from, bytes.length) };
    }), Buffer.from('end'));
    const expected = head + parts.map(({ text, from }) => {
      const at = Math.min(from, Buffer.byteLength(text));
      return (at ? '{' : '') + Buffer.from(text).subarray(at).toString('latin1');
    }).join(',') + 'end';
    const chunks = [...body.chunks()].map((chunk) => chunk.length);
    expect(joined(body).toString('latin1')).toBe(Buffer.from(head).toString('latin1') + expected.slice(head.length));
    expect(chunks.every((length) => length <= largeChunkBytes)).toBe(true);
    expect(body.length).toBe(chunks.reduce((sum, length) => sum + length, 0));
  }), { numRuns: 60 });
});

describe('a long list', () => {
  let server: TestServer;
  const path = '/api/v1/namespaces/default/configmaps';
  const names = Array.from({ length: 30 }, (_, index) => `long-${String(index).padStart(2, '0')}`);
  beforeAll(async () => {
    server = await startServer();
    for (const name of names) {
      const object: KubeObject & { data: object } = { metadata: { name, namespace: 'default' }, data: { data: `${name} ü `.repeat(10_000) } };
      await server.client.create(core('configmaps'), object);
    }
  }, 30_000);
  afterAll(() => server.close());

  const check = (text: string) => {
    const { kind, items } = JSON.parse(text) as { kind: string; items: { metadata: { name: string }; data: { data: string } }[] };
    expect([kind, items.map(({ metadata }) => metadata.name), items[3]!.data.data.length]).toEqual(['ConfigMapList', names, 100_000]);
  };

  test('comes whole over HTTP/1.1, compressed or not, pretty or not', async () => {
    const plain = await server.ask(path);
    check(plain.text);
    expect(Number(plain.headers['content-length'])).toBe(plain.body.length);
    const zipped = await server.ask(path, { headers: { 'accept-encoding': 'gzip' } });
    expect([zipped.headers['content-encoding'], zipped.headers.vary]).toEqual(['gzip', 'Accept-Encoding']);
    check(gunzipSync(zipped.body).toString());
    check((await server.ask(`${path}?pretty=true`)).text);
    const head = await server.ask(path, { method: 'HEAD' });
    expect([head.code, head.body.length, head.headers['content-length']]).toEqual([200, 0, plain.headers['content-length']]);
  });

  test.each([['plain', {}], ['compressed', { 'accept-encoding': 'gzip' }]])('comes whole over HTTP/2, to who takes its time: %s', async (_form, headers) => {
    const stream = server.session().request({ ':path': path, ...headers });
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      if (chunks.length % 20) return;
      stream.pause();
      setTimeout(() => stream.resume(), 2);
    });
    await new Promise((resolve) => stream.once('end', resolve));
    const body = Buffer.concat(chunks);
    check((('accept-encoding' in headers) ? gunzipSync(body) : body).toString());
  });

  test('does not mind clients that leave in its middle', async () => {
    const session = server.session();
    for (let count = 0; count < 10; count++) {
      const stream = session.request({ ':path': path, ...(count % 2 && { 'accept-encoding': 'gzip' }) });
      await new Promise((resolve) => stream.once('data', resolve));
      stream.on('error', () => undefined).close();
    }
    check((await server.ask(path)).text);
    for (let tries = 0; tries < 200 && !server.metrics().includes('apiserver_current_inflight_requests{request_kind="readOnly"} 0'); tries++) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(server.log).toEqual([]);
  });
});
