import type { Unstructured } from '../../../../src/api/meta';
import { core } from '../support/registry';
import { startServer, type TestServer } from '../support/server';
import { samples } from './objects';

jest.setTimeout(120_000);

/** Small requests that ask for much: nesting, expansion, repetition. Each is refused, soon and in little memory. */
const megabyte = 1_000_000;
const deep = (open: string, depth: number) => open.repeat(depth);
const wrapped = (open: string, close: string, depth: number, inner = '') => open.repeat(depth) + inner + close.repeat(depth);
const json = 'application/json';
const yaml = 'application/yaml';
const maps = '/api/v1/namespaces/default/configmaps';
const patchTypes = { json: 'application/json-patch+json', merge: 'application/merge-patch+json', strategic: 'application/strategic-merge-patch+json', apply: 'application/apply-patch+yaml' };

const sampleOf = (kind: string, change: (object: any) => void): [path: string, body: string] => { // eslint-disable-line @typescript-eslint/no-explicit-any -- any place of any kind
  const { path, object } = samples.find((each) => each.object.kind === kind)!;
  const copy: Unstructured = structuredClone(object);
  change(copy);
  return [path, JSON.stringify(copy)];
};

const aliases = ['a: &a [x,x,x,x,x,x,x,x,x]', ...Array.from({ length: 20 }, (_, at) => `b${at}: &b${at} [${Array.from({ length: 9 }, () => (at ? `*b${at - 1}` : '*a')).join(',')}]`)].join('\n');
const merges = ['a: &a {x: 1}', ...Array.from({ length: 25 }, (_, at) => `b${at}: &b${at}\n  l: {<<: *${at ? `b${at - 1}` : 'a'}}\n  r: {<<: *${at ? `b${at - 1}` : 'a'}, k: *${at ? `b${at - 1}` : 'a'}}`)].join('\n');
const doublings = JSON.stringify(Array.from({ length: 60 }, (_, at) => ({ op: 'copy', from: '/data', path: `/data/copy${at}` })));
const schemaOf = (schema: unknown) => (crd: { spec: { versions: { schema: unknown }[] } }) => void (crd.spec.versions[0]!.schema = { openAPIV3Schema: schema });
const nestedSchema = (depth: number): object => (depth ? { type: 'object', properties: { a: nestedSchema(depth - 1) } } : { type: 'string' });
const rule = (text: string) => schemaOf({ type: 'object', properties: { spec: { type: 'object', properties: { size: { type: 'integer' } }, 'x-kubernetes-validations': [{ rule: text }] } } });
const policy = (expression: string) => (object: { spec: { validations: object[] } }) => void (object.spec.validations = [{ expression }]);
const cpu = (amount: string) => (pod: { spec: { containers: { resources: object }[] } }) => void (pod.spec.containers[0]!.resources = { requests: { cpu: amount } });

interface Bomb {
  method?: string;
  path?: string;
  type?: string;
  body?: string;
}

const post = ([path, body]: [string, string]): Bomb => ({ path, body });
const patch = (type: keyof typeof patchTypes, body: string): Bomb => ({ method: 'PATCH', path: `${maps}/present?fieldManager=bomb`, type: patchTypes[type], body });

const bombs: Record<string, Bomb> = {
  'arrays in JSON': { body: deep('[', megabyte) },
  'objects in JSON': { body: deep('{"a":', megabyte / 5) },
  'whole arrays in JSON': { body: `{"metadata":${wrapped('[', ']', 100_000)}}` },
  'whole objects in JSON': { body: wrapped('{"metadata":', '}', 50_000, '{}') },
  'whole objects that are kept': post(['/apis/apps/v1/namespaces/default/controllerrevisions', `{"revision":1,"metadata":{"name":"deep"},"data":${wrapped('{"a":', '}', 5000, '1')}}`]),
  'arrays in YAML': { type: yaml, body: deep('[', megabyte) },
  'objects in YAML': { type: yaml, body: deep('{a: ', megabyte / 4) },
  'sequences in YAML': { type: yaml, body: deep('- ', megabyte / 2) },
  'mappings in YAML': { type: yaml, body: Array.from({ length: 2000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n') },
  'keys in YAML': { type: yaml, body: deep('? ', megabyte / 2) },
  'aliases in YAML': { type: yaml, body: aliases },
  'merges in YAML': { type: yaml, body: merges },
  'arrays in a JSON patch': patch('json', deep('[', megabyte)),
  'a JSON patch that doubles': patch('json', doublings),
  'a JSON patch of many operations': patch('json', JSON.stringify(Array.from({ length: 10_001 }, () => ({ op: 'test', path: '/kind', value: 'ConfigMap' })))),
  'a JSON patch with a deep path': patch('json', JSON.stringify([{ op: 'add', path: '/a'.repeat(100_000), value: 1 }])),
  'a deep merge patch': patch('merge', wrapped('{"metadata":', '}', 50_000, '{}')),
  'a deep strategic patch': patch('strategic', wrapped('{"metadata":', '}', 50_000, '{}')),
  'a deep configuration': patch('apply', wrapped('{"metadata":', '}', 50_000, '{}')),
  'a configuration of aliases': patch('apply', aliases),
  'a label selector that is too long for a line': { method: 'GET', path: `${maps}?labelSelector=${'a,'.repeat(50_000)}a` },
  'a label selector with a thousand conditions that are none': { method: 'GET', path: `${maps}?labelSelector=${'a%20in(b),'.repeat(1000)}(` },
  'a deep schema': post(sampleOf('CustomResourceDefinition', schemaOf(nestedSchema(2000)))),
  'a wide rule': post(sampleOf('CustomResourceDefinition', rule(Array.from({ length: 20_000 }, () => 'self.size < 1').join(' || ')))),
  'a deep rule': post(sampleOf('CustomResourceDefinition', rule(wrapped('(', ')', 20_000, 'true')))),
  'a rule of lists': post(sampleOf('CustomResourceDefinition', rule(`${wrapped('[', ']', 20_000)} == []`))),
  'a rule of negations': post(sampleOf('CustomResourceDefinition', rule(`${'!'.repeat(100_001)}true`))),
  'a rule of conditions': post(sampleOf('CustomResourceDefinition', rule(`${'true ? '.repeat(20_000)}true`))),
  'a deep policy': post(sampleOf('ValidatingAdmissionPolicy', policy(wrapped('(', ')', 20_000, 'true')))),
  'members of members in a policy': post(sampleOf('ValidatingAdmissionPolicy', policy(`object${'.a'.repeat(50_000)} == (`))),
  'a quantity with a large exponent': post(sampleOf('Pod', cpu('1e999999999'))),
  'a quantity with a small exponent': post(sampleOf('Pod', cpu('1e-999999999x'))),
  'a quantity with many digits that is none': post(sampleOf('Pod', cpu(`${'9'.repeat(megabyte)}x`))),
  'a number with a large exponent': post(['/apis/apps/v1/namespaces/default/deployments', '{"spec":{"replicas":1e999999999}}']),
  'a number with many digits': post(['/apis/apps/v1/namespaces/default/deployments', `{"spec":{"replicas":${'9'.repeat(megabyte)}}}`]),
  'a name of a megabyte': post(sampleOf('ConfigMap', ({ metadata }) => void (metadata.name = 'a'.repeat(megabyte)))),
  'many labels that are none': post(sampleOf('ConfigMap', ({ metadata }) => void (metadata.labels = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`l${at}/`, '-']))))),
  'a schedule that never comes': post(sampleOf('CronJob', ({ spec }) => void (spec.schedule = `${'1,'.repeat(200_000)}61 * * * *`))),
  'containers by the thousand': post(sampleOf('Pod', ({ spec }) => void (spec.containers = Array.from({ length: 5000 }, () => ({ name: 'same', image: ' '.repeat(100) }))))),
};

describe('a server that is asked for much with little', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.client.create(core('serviceaccounts'), { metadata: { name: 'default', namespace: 'default' } });
    await server.client.create(core('configmaps'), { metadata: { name: 'present', namespace: 'default' }, data: { key: 'value'.repeat(1000) } } as Unstructured);
  });
  afterAll(() => server.close());

  test.each(Object.entries(bombs))('refuses %s', async (_what, { method = 'POST', path = maps, type = json, body }) => {
    const before = process.memoryUsage().rss;
    const { code, text } = await server.ask(path, { method, headers: { 'content-type': type }, ...(body !== undefined && { body }) });
    if (code < 400 || code >= 500) throw new Error(`${code} ${text.slice(0, 500)}`);
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(500);
    expect(server.log).toEqual([]);
  });

  test('does not mind streams that are reset as soon as they begin', async () => {
    for (let round = 0; round < 10; round++) {
      const session = server.session();
      await new Promise((resolve) => session.once('connect', resolve));
      for (let count = 0; count < 200; count++) session.request({ ':path': maps }).on('error', () => undefined).close(8);
      await new Promise((resolve) => setImmediate(resolve));
      session.destroy();
    }
    expect((await server.ask(`${maps}/present`)).code).toBe(200);
    expect(server.log).toEqual([]);
  });
});
