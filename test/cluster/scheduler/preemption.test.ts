import type { Pod } from '../../../src/api/generated/core.v1';
import type { PodDisruptionBudget } from '../../../src/api/generated/policy.v1';
import { chooseNode } from '../../../src/cluster/scheduler/choose-node';
import { podInfo } from '../../../src/cluster/scheduler/node-info';
import { choosePreemption, ineligible } from '../../../src/cluster/scheduler/preemption';
import { clusterOf, node, pod } from './cluster';

const running = (name: string, on: string, cpu: string, priority = 0, startTime = '2026-01-01T00:00:00Z', labels: Record<string, string> = {}): Pod => {
  const made = pod({ nodeName: on, priority }, labels, { cpu });
  return { ...made, metadata: { ...made.metadata, name, uid: name }, status: { phase: 'Running', startTime } };
};
const important = (cpu: string, spec: Partial<Pod['spec']> = {}) => pod({ priority: 100, ...spec }, {}, { cpu });
const budget = (disruptionsAllowed: number): PodDisruptionBudget => ({
  metadata: { name: 'b', namespace: 'default' }, spec: { selector: { matchLabels: { app: 'db' } } }, status: { disruptionsAllowed, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
});

function preemption(wanted: Pod, on: readonly Pod[], budgets: PodDisruptionBudget[] = [], names = ['a', 'b']) {
  const cluster = clusterOf(names.map((name) => node(name)), on);
  const info = podInfo(wanted);
  const choice = chooseNode(info, cluster, () => 0);
  if ('node' in choice) return 'fits';
  const before = cluster.candidates().map(({ requested }) => ({ ...requested }));
  const found = choosePreemption(info, cluster, choice.rejections, budgets);
  expect(cluster.candidates().map(({ requested }) => requested)).toEqual(before);
  return found && `${found.node}: ${found.victims.map(({ metadata }) => metadata.name).join()}`;
}

const db = { app: 'db' };

it.each<[string, unknown, unknown]>([
  ['nobody, when there is room', preemption(important('1'), []), 'fits'],
  ['one of less priority', preemption(important('2'), [running('x', 'a', '3'), running('y', 'b', '3', 100)]), 'a: x'],
  ['nobody of the same priority', preemption(important('2'), [running('x', 'a', '3', 100), running('y', 'b', '3', 100)]), undefined],
  ['nobody, when it would not help', preemption(important('9'), [running('x', 'a', '3')]), undefined],
  ['the lowest priority', preemption(important('2'), [running('x', 'a', '3', 5), running('y', 'b', '3', 4)]), 'b: y'],
  ['no more than needed, the least important', preemption(important('1'), [running('x', 'a', '2', 2), running('y', 'a', '2', 1)], [], ['a']), 'a: y'],
  ['few rather than many', preemption(important('4'), [running('x', 'a', '1'), running('y', 'a', '1'), running('z', 'b', '1')]), 'b: z'],
  ['the younger', preemption(important('2'), [running('x', 'a', '3'), running('y', 'b', '3', 0, '2026-01-02T00:00:00Z')]), 'b: y'],
  ['those that no budget guards', preemption(important('2'), [running('x', 'a', '3', 0, undefined, db), running('y', 'b', '3', 50)], [budget(0)]), 'b: y'],
  ['those whose budget allows it', preemption(important('2'), [running('x', 'a', '3', 0, undefined, db), running('y', 'b', '3', 50)], [budget(1)]), 'a: x'],
])('preempts %s', (_, found, expected) => expect(found).toEqual(expected));

it('leaves pods alone that may not preempt, or have done so', () => {
  const cluster = clusterOf([node('a')], [{
    ...running('x', 'a', '3'), metadata: { name: 'x', uid: 'x', namespace: 'default', deletionTimestamp: '2026-01-01T00:00:00Z' },
    status: { phase: 'Running', conditions: [{ type: 'DisruptionTarget', status: 'True', reason: 'PreemptionByScheduler' }] },
  }]);
  const none = new Map();
  expect(ineligible(important('2', { preemptionPolicy: 'Never' }), cluster, none)).toBe('not eligible due to preemptionPolicy=Never.');
  expect(ineligible({ ...important('2'), status: { nominatedNodeName: 'a' } }, cluster, none)).toBe('not eligible due to a terminating pod on the nominated node.');
  expect(ineligible(important('2'), cluster, none)).toBeUndefined();
});
