import fc from 'fast-check';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';
import { Connection } from './connection';
import { requests, type FuzzRequest } from './requests';

/* FUZZ_SEED=42 takes other requests, FUZZ_REQUESTS=200000 more of them. */
const seed = Number(process.env.FUZZ_SEED ?? 1);
const count = Number(process.env.FUZZ_REQUESTS ?? 10_000);
const atOnce = 10;
const mebibyte = 2 ** 20;

/** Where upstream says 5xx itself: a version that is still to come, impersonation of nobody, patches that make no sense to the strategic merge. */
const asUpstream = /"message":"(Too large resource version: |Internal error occurred: requested impersonation without impersonating a user|unknown patch type: |expected slice or array type, but got: |expected a \[\]interface {}, but received a )/;

/** Nothing that a request asks for takes as long as this test waits. */
jest.setTimeout(600_000);

describe('a server that is told nonsense', () => {
  let server: TestServer;
  let connections: Connection[];
  beforeAll(async () => {
    server = await startServer();
    await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
    await server.client.create(core('configmaps'), { metadata: { name: 'present', namespace: 'default' } });
    connections = Array.from({ length: atOnce }, () => new Connection(server));
  });
  afterAll(async () => {
    for (const connection of connections) connection.close();
    await server.close();
  });

  /** What is wrong with the answer. */
  async function judged({ bytes, isWrong, alone }: FuzzRequest, connection: Connection): Promise<string | undefined> {
    const { code, body } = await connection.send(bytes, { alone });
    const shown = `${String(code)} ${body.slice(0, 300)} to ${bytes.toString('latin1', 0, 1500)}`;
    // A connection may end in place of an answer to what is no HTTP.
    if (code === 'closed') return alone ? undefined : shown;
    if (code === 'hung') return shown;
    if (isWrong ? code >= 400 && code < 500 : code < 500) return undefined;
    return asUpstream.test(body) ? undefined : shown;
  }

  test('says so with a 4xx, and goes on', async () => {
    const before = process.memoryUsage().rss;
    const all = fc.sample(requests, { seed, numRuns: count }).values();
    const wrong: string[] = [];
    await Promise.all(connections.map(async (connection) => {
      for (const request of all) {
        const why = await judged(request, connection);
        if (why !== undefined) wrong.push(why);
      }
    }));
    expect(wrong.slice(0, 10)).toEqual([]);
    expect(server.log).toEqual([]);
    expect((process.memoryUsage().rss - before) / mebibyte).toBeLessThan(400);
    expect((await server.ask('/api/v1/namespaces/default/configmaps/present')).json.metadata.name).toBe('present');
  });
});
