import { startServer, type TestServer } from '../support/server';
import { feeder } from './manifests';
import { establish, type World } from './support';

describe('custom resources over HTTP', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await establish(server as unknown as World);
  });
  afterAll(() => server.close());

  const path = '/apis/farm.example.com/v1/namespaces/default/feeders';
  const accept = 'application/vnd.kubernetes.protobuf,application/json';

  test('come as JSON to who would rather have protobuf, and lists name the kind of each item', async () => {
    const created = await server.ask(path, { method: 'POST', body: JSON.stringify(feeder('a', { schedule: '* * * * *' })), headers: { accept, 'content-type': 'application/json' } });
    expect([created.code, created.headers['content-type'], created.json.kind]).toEqual([201, 'application/json', 'Feeder']);
    const list = await server.ask(path, { headers: { accept } });
    expect([list.headers['content-type'], list.json.kind, list.json.items[0].kind, list.json.items[0].apiVersion]).toEqual(['application/json', 'FeederList', 'Feeder', 'farm.example.com/v1']);
  });

  test.each(['', '/a', '?watch=true'])('are not to be had as protobuf alone: %s', async (which) => {
    const { code, json } = await server.ask(`${path}${which}`, { headers: { accept: 'application/vnd.kubernetes.protobuf' } });
    expect([code, json.reason]).toEqual([406, 'NotAcceptable']);
  });

  test.each<[string, object, string]>([
    ['a kind', { kind: undefined }, "Object 'Kind' is missing in 'object has no kind field '"],
    ['a version', { apiVersion: undefined }, 'the API version in the data () does not match the expected API version (farm.example.com/v1)'],
  ])('are not created without %s', async (_what, without, message) => {
    const body = JSON.stringify({ ...feeder('untyped', { schedule: '* * * * *' }), ...without });
    const { code, json } = await server.ask(path, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect([code, json.reason, json.message]).toEqual([400, 'BadRequest', message]);
  });

  test('are in both forms of discovery', async () => {
    const aggregated = await server.ask('/apis', { headers: { accept: 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList' } });
    const group = aggregated.json.items.find(({ metadata }: { metadata: { name: string } }) => metadata.name === 'farm.example.com');
    expect(group.versions[0].resources[0]).toMatchObject({ resource: 'feeders', shortNames: ['fd'], categories: ['all'], subresources: [{ subresource: 'scale' }, { subresource: 'status' }] });
    expect((await server.ask('/apis/farm.example.com/v1')).json.resources.map(({ name }: { name: string }) => name)).toEqual(['feeders', 'feeders/scale', 'feeders/status']);
  });
});
