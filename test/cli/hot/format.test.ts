import { format } from '../../../src/cli/hot/format';
import { planRead } from '../../../src/cli/hot/plan';
import { findResource } from '../../../src/client/discovery';
import { get } from '../../../src/cli/verbs/get/get';
import { getFlags } from '../../../src/cli/verbs/get/flags';
import { inputOf, testSession } from '../session';
import { snapshot } from '../snapshot';

const item = (name: string) => ({ metadata: { name, namespace: 'default', labels: { a: '<b>' }, managedFields: [{}] }, spec: { list: [1, 'x'], empty: {} } });
const list = { kind: 'PodList', apiVersion: 'v1', metadata: { resourceVersion: '1' }, items: [item('a'), item('b')] };
const one = { kind: 'Pod', apiVersion: 'v1', ...item('a') };
const table = (...names: string[]) => ({
  kind: 'Table', apiVersion: 'meta.k8s.io/v1', columnDefinitions: [{ name: 'Name', type: 'string', format: 'name' }, { name: 'X', type: 'string' }, { name: 'Y', type: 'string', priority: 1 }],
  rows: names.map((name) => ({ cells: [name, 'x', 'y'], object: item(name) })),
});

// The hot path shows what the full path shows.
test.each([
  ['pods', table('a', 'b')], ['pods -o wide', table('a', 'b')], ['pods -A', table('a')], ['pods --no-headers --show-labels', table('a')], ['pods -L a', table('a')],
  ['pods --show-kind', table('a')], ['pod a', table('a')], ['pods', table()], ['pods -A', table()],
  ['pods -o json', list], ['pods -o yaml', list], ['pods -o name', list], ['pods -o yaml --show-managed-fields', list],
  ['pod a -o json', one], ['pod a -o yaml', one], ['pod a -o name', one], ['pods -o name', { ...list, items: [] }], ['pods -o json', { ...list, items: [] }],
])('%s', async (line, document) => {
  const argv = line.split(' ');
  const read = planRead(['get', ...argv])!;
  const namespace = read.flags['all-namespaces'] ? '' : 'default';
  const hot = format(read, { resource: findResource(snapshot, read.type)!, namespace, documents: [structuredClone(document)] });
  const session = testSession({ routes: { 'GET /api/v1/namespaces/default/pods': document, 'GET /api/v1/pods': document, 'GET /api/v1/namespaces/default/pods/a': document } });
  await get(session, inputOf(argv, getFlags));
  expect(hot).toEqual({ out: session.stdout(), err: session.stderr() });
});

test('a server that makes no tables is left to the full path', () => {
  expect(format(planRead(['get', 'pods'])!, { resource: findResource(snapshot, 'pods')!, namespace: 'default', documents: [list] })).toBeUndefined();
});
