import { get } from '../../../../src/cli/verbs/get/get';
import { getFlags } from '../../../../src/cli/verbs/get/flags';
import { outcomeOf } from '../../../../src/cli/errors';
import { inputOf, testSession, type Answer, type TestOptions } from '../../session';

const columns = [{ name: 'Name', type: 'string', format: 'name' }, { name: 'Ready', type: 'string' }];
const table = (...rows: [name: string, ready: string, object?: object][]) => ({
  kind: 'Table', apiVersion: 'meta.k8s.io/v1', metadata: { resourceVersion: '7' }, columnDefinitions: columns,
  rows: rows.map(([name, ready, object]) => ({ cells: [name, ready], object: object ?? { metadata: { name, namespace: 'default' } } })),
});
const list = (...names: string[]) => ({
  kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '7' },
  items: names.map((name, index) => ({ metadata: { name, namespace: 'default', labels: { order: String(9 - index) }, managedFields: [{ manager: 'x' }] } })),
});

const isTable = (accept?: string) => accept?.includes('as=Table') ?? false;
const pods: Record<string, Answer | ((request: { accept?: string }) => Answer)> = {
  'GET /api/v1/namespaces/default/pods': ({ accept }) => (isTable(accept) ? table(['a', '1/1'], ['b', '0/1']) : list('a', 'b')),
  'GET /api/v1/pods': ({ accept }) => (isTable(accept) ? table(['a', '1/1'], ['b', '0/1']) : list('a', 'b')),
  'GET /apis/apps/v1/namespaces/default/deployments': ({ accept }) => (isTable(accept) ? table(['web', '2/2']) : { ...list(), kind: 'DeploymentList', apiVersion: 'apps/v1' }),
  'GET /api/v1/namespaces/default/pods/a': ({ accept }) => (isTable(accept) ? table(['a', '1/1']) : { apiVersion: 'v1', kind: 'Pod', ...list('a').items[0] }),
};

async function run(line: string, options: TestOptions = {}) {
  const session = testSession({ routes: pods as TestOptions['routes'], ...options });
  const outcome = await get(session, inputOf(line.split(' ').filter(Boolean), getFlags)).then(() => ({ text: '', exitCode: 0 }), outcomeOf);
  return { out: session.stdout(), err: session.stderr() + outcome.text, code: outcome.exitCode, requests: session.requests };
}

test.each<[string, string]>([
  ['pods', 'NAME   READY\na      1/1\nb      0/1\n'],
  ['po --no-headers', 'a     1/1\nb     0/1\n'],
  ['pod a', 'NAME   READY\na      1/1\n'],
  ['pods -A', 'NAMESPACE   NAME   READY\ndefault     a      1/1\ndefault     b      0/1\n'],
  ['pods --show-kind', 'NAME    READY\npod/a   1/1\npod/b   0/1\n'],
  ['pods,deploy', 'NAME    READY\npod/a   1/1\npod/b   0/1\n\nNAME                  READY\ndeployment.apps/web   2/2\n'],
  ['all --no-headers', 'pod/a   1/1\npod/b   0/1\ndeployment.apps/web   2/2\n'],
  ['pods -o name', 'pod/a\npod/b\n'],
  ['pod/a -o name', 'pod/a\n'],
  ['pods -o jsonpath={.items[*].metadata.name}', 'a b'],
  ['pod a -o jsonpath={.kind}', 'Pod'],
  ['pod a -o go-template={{.kind}}', 'Pod'],
  ['pods --template={{range.items}}{{.metadata.name}},{{end}}', 'a,b,'],
  ['pods -o custom-columns=N:.metadata.name,O:.metadata.labels.order', 'N     O\na     9\nb     8\n'],
  ['pods -o custom-columns=N:metadata.name --no-headers', 'a\nb\n'],
  ['pods -o name --sort-by=.metadata.labels.order', 'pod/b\npod/a\n'],
  ['pod a -o json', '{\n    "apiVersion": "v1",\n    "kind": "Pod",\n    "metadata": {\n        "labels": {\n            "order": "9"\n        },\n        "name": "a",\n        "namespace": "default"\n    }\n}\n'],
  ['pod a -o yaml --show-managed-fields', 'apiVersion: v1\nkind: Pod\nmetadata:\n  labels:\n    order: "9"\n  managedFields:\n  - manager: x\n  name: a\n  namespace: default\n'],
  ['deploy -o yaml', 'apiVersion: v1\nitems: []\nkind: List\nmetadata:\n  resourceVersion: ""\n'],
])('%s', async (line, out) => {
  expect(await run(line)).toMatchObject({ out, err: '', code: 0 });
});

test.each<[string, string, string, number]>([
  ['', '', 'You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n\nerror: Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).\nSee \'kubectl get -h\' for help and examples\n', 1],
  ['foo', '', 'error: the server doesn\'t have a resource type "foo"\n', 1],
  ['pod x', '', 'Error from server (NotFound): pods "x" not found\n', 1],
  ['pod x --ignore-not-found', '', '', 0],
  ['pod x a', 'NAME   READY\na      1/1\n', 'Error from server (NotFound): pods "x" not found\n', 1],
  ['pod x a -o name', 'pod/a\n', 'Error from server (NotFound): pods "x" not found\n', 1],
  ['pods -o nope', '', 'error: unable to match a printer suitable for the output format "nope", allowed formats are: custom-columns,custom-columns-file,go-template,go-template-file,json,jsonpath,jsonpath-as-json,jsonpath-file,name,template,templatefile,wide,yaml\n', 1],
  ['pods -o yaml --show-labels', '', 'error: --show-labels option cannot be used with yaml printer\n', 1],
  ['pods --output-watch-events', '', 'error: --output-watch-events option can only be used with --watch or --watch-only\n', 1],
  ['--raw x', '', 'error: --raw must be a valid URL path: parse "x": invalid URI for request\n', 1],
  ['--raw /x pods', '', 'error: arguments may not be passed when --raw is specified\n', 1],
  ['pod a -o go-template={{', '', 'error: error parsing template {{, template: output:1: unclosed action\n', 1],
  ['pod a -o jsonpath={', '', 'error: error parsing jsonpath {, unclosed action\n', 1],
  ['pod a -o jsonpath', '', 'error: template format specified but no template given\n', 1],
  ['pod a -o go-template-file=/nonexistent/t', '', 'error: error reading --template /nonexistent/t, open /nonexistent/t: no such file or directory\n', 1],
  ['pods -o name --sort-by=.nope', '', 'error: couldn\'t find any field with path "{.nope}" in the list of objects\n', 1],
])('%s', async (line, out, err, code) => {
  expect(await run(line)).toMatchObject({ out, err, code });
});

test.each<[string, string]>([
  ['pods', 'No resources found in default namespace.\n'], ['pods -A', 'No resources found\n'], ['ns', 'No resources found\n'], ['pods --ignore-not-found', ''],
])('nothing to show: %s', async (line, err) => {
  const empty = { kind: 'Table', apiVersion: 'meta.k8s.io/v1', columnDefinitions: columns, rows: [] };
  const routes = { 'GET /api/v1/namespaces/default/pods': empty, 'GET /api/v1/pods': empty, 'GET /api/v1/namespaces': empty };
  expect(await run(line, { routes })).toMatchObject({ out: '', err, code: 0 });
});

test('tables are sorted by the objects of their rows', async () => {
  const rows = table(['a', '1/1', { metadata: { labels: { n: '10' } } }], ['b', '1/1', { metadata: { labels: { n: '9' } } }], ['c', '1/1', { metadata: {} }]);
  const { out, requests } = await run('pods --sort-by=.metadata.labels.n --no-headers', { routes: { 'GET /api/v1/namespaces/default/pods': rows } });
  expect(out).toBe('c     1/1\nb     1/1\na     1/1\n');
  expect(requests).toEqual(['GET /api/v1/namespaces/default/pods?includeObject=Object']);
});

test('a server that makes no tables: names and ages', async () => {
  const { out } = await run('pods', { nowMs: Date.parse('2026-01-01T00:00:00Z'), routes: {
    'GET /api/v1/namespaces/default/pods': { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: [{ metadata: { name: 'a', creationTimestamp: '2025-12-31T23:00:00Z' } }] },
  } });
  expect(out).toBe('NAME   AGE\na      60m\n');
});

test('raw requests go where the server sends them, but to no other server', async () => {
  const to = (location: string) => ({ status: 301, body: '', headers: { location } });
  const routes = { 'GET /a': to('/b/?x=1'), 'GET /b/': to('c'), 'GET /b/c': 'arrived', 'GET /away': to('https://example.com/'), 'GET /round': to('/round') };
  expect(await run('--raw /a', { routes })).toMatchObject({ out: 'arrived', err: '' });
  expect(await run('--raw /away', { routes })).toMatchObject({ out: '', err: 'error: Get "/away": redirects to another server are not followed: https://example.com/\n' });
  expect(await run('--raw /round', { routes })).toMatchObject({ out: '', err: 'error: Get "/round": stopped after 10 redirects\n' });
});

test('raw answers come byte by byte', async () => {
  expect(await run('--raw /healthz', { routes: { 'GET /healthz': 'ok' } })).toMatchObject({ out: 'ok', err: '' });
});

describe('watch', () => {
  const event = (type: string, object: object) => `${JSON.stringify({ type, object })}\n`;
  const routes: TestOptions['routes'] = {
    ...(pods as TestOptions['routes']),
    'GET /api/v1/namespaces/default/pods?resourceVersion=7&watch=true': ({ accept }) => (isTable(accept)
      ? event('MODIFIED', { ...table(['a', '0/1']), columnDefinitions: null }) + event('DELETED', { ...table(['b', '0/1']), columnDefinitions: null })
      : event('MODIFIED', { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' } })),
    'GET /api/v1/namespaces/default/pods?fieldSelector=metadata.name=a&resourceVersion=0&watch=true':
      event('ADDED', table(['a', '1/1'])) + event('MODIFIED', table(['a', '0/1'])),
  };

  test.each([
    ['pods -w', 'NAME   READY\na      1/1\nb      0/1\na      0/1\nb      0/1\n'],
    ['pods --watch-only', 'NAME   READY\na      0/1\nb      0/1\n'],
    ['pods -w --output-watch-events', 'EVENT      NAME   READY\nADDED      a      1/1\nADDED      b      0/1\nMODIFIED   a      0/1\nDELETED    b      0/1\n'],
    ['pod a -w', 'NAME   READY\na      1/1\na      0/1\n'],
    ['pods -w -o name', 'pod/a\npod/b\npod/a\n'],
    ['pods --watch-only -o json --output-watch-events', '{"type":"MODIFIED","object":{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}}\n'],
  ])('%s', async (line, out) => {
    expect(await run(line, { routes })).toMatchObject({ out, err: '', code: 0 });
  });

  test('one type only', async () => {
    expect(await run('pods,deploy -w', { routes })).toMatchObject({ err: 'error: you may only specify a single resource type\n' });
    expect(await run('pod a b -w', { routes: { ...routes, 'GET /api/v1/namespaces/default/pods/b': table(['b', '1/1']) } }))
      .toMatchObject({ err: 'error: watch is only supported on individual resources and resource collections - more than 1 resource was found\n' });
  });
});
