import type { NodeMetrics, PodMetrics } from '../../../../src/api/generated/metrics.v1beta1';
import { nodeTable, podTable } from '../../../../src/cli/verbs/top/tables';
import { topPod } from '../../../../src/cli/verbs/top/top';
import { topPodFlags } from '../../../../src/cli/verbs/top/flags';
import { runVerb } from '../run-verb';
import { snapshot } from '../../snapshot';

const node = (name: string, cpu: string, memory: string) => ({ metadata: { name }, usage: { cpu, memory } }) as unknown as NodeMetrics;
const pod = (namespace: string, name: string, ...containers: [string, string, string][]) =>
  ({ metadata: { namespace, name }, containers: containers.map(([of, cpu, memory]) => ({ name: of, usage: { cpu, memory } })) }) as unknown as PodMetrics;
const cells = (text: string) => text.split('\n').slice(0, -1).map((line) => line.trim().split(/ {2,}/));

test('nodes by name, with their shares; those that were not measured last', () => {
  const available = new Map<string, Record<string, string>>([['b', { cpu: '2', memory: '1Gi' }], ['a', { cpu: '1', memory: '512Mi' }], ['new', {}]]);
  const metrics = [node('b', '1500m', '256Mi'), node('a', '0.25', '100Mi')];
  expect(cells(nodeTable(metrics, available, { noHeaders: false, sortBy: '' }))).toEqual([
    ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'], ['a', '250m', '25%', '100Mi', '19%'], ['b', '1500m', '75%', '256Mi', '25%'],
    ['new', '<unknown>', '<unknown>', '<unknown>', '<unknown>'],
  ]);
  expect(cells(nodeTable(metrics, available, { noHeaders: true, sortBy: 'cpu' })).map(([name]) => name)).toEqual(['b', 'a', 'new']);
});

const options = { noHeaders: false, sortBy: '', containers: false, withNamespace: false, sum: false };
const pods = [pod('y', 'b', ['one', '1m', '1Mi'], ['two', '5m', '3Mi']), pod('x', 'c', ['one', '10m', '2Mi']), pod('y', 'a', ['one', '2m', '8Mi'])];

test.each<[string, Partial<typeof options>, string[][]]>([
  ['by name', {}, [['NAME', 'CPU(cores)', 'MEMORY(bytes)'], ['a', '2m', '8Mi'], ['b', '6m', '4Mi'], ['c', '10m', '2Mi']]],
  ['by namespace and name', { withNamespace: true, noHeaders: true }, [['x', 'c', '10m', '2Mi'], ['y', 'a', '2m', '8Mi'], ['y', 'b', '6m', '4Mi']]],
  ['by memory', { sortBy: 'memory', noHeaders: true }, [['a', '2m', '8Mi'], ['b', '6m', '4Mi'], ['c', '10m', '2Mi']]],
  ['containers by cpu, with their sum', { containers: true, sortBy: 'cpu', noHeaders: true, sum: true },
    [['c', 'one', '10m', '2Mi'], ['b', 'two', '5m', '3Mi'], ['b', 'one', '1m', '1Mi'], ['a', 'one', '2m', '8Mi'], ['________', '________'], ['18m', '14Mi']]],
])('pods %s', (_, more, expected) => {
  expect(cells(podTable(pods, { ...options, ...more }))).toEqual(expected);
});

test('nothing measured: it is said why', async () => {
  const metrics = { groups: [...snapshot.groups, { name: 'metrics.k8s.io', versions: ['v1beta1'] }], resources: snapshot.resources };
  const nowMs = Date.parse('2026-01-01T00:00:00Z');
  const run = async (items: object[]) => runVerb(topPod, topPodFlags, '', {
    snapshot: metrics, nowMs, routes: { 'GET /apis/metrics.k8s.io/v1beta1/namespaces/default/pods': { items: [] }, 'GET /api/v1/namespaces/default/pods': { items } },
  });
  const of = (creationTimestamp: string) => ({ metadata: { name: 'a', namespace: 'default', creationTimestamp } });
  expect(await run([])).toMatchObject({ err: 'No resources found in default namespace.\n', code: 0 });
  expect(await run([of('2025-12-31T23:59:00Z')])).toMatchObject({ err: 'error: metrics not available yet\n', code: 1 });
  expect(await run([of('2025-12-31T23:50:00Z')])).toMatchObject({ err: 'error: Metrics not available for pod default/a, age: 10m0s\n' });
  expect(await runVerb(topPod, topPodFlags, '')).toMatchObject({ err: 'error: Metrics API not available\n' });
});
