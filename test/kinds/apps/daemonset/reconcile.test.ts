import type { ControllerRevision, DaemonSet } from '../../../../src/api/generated/apps.v1';
import type { Node, Pod, Taint } from '../../../../src/api/generated/core.v1';
import type { Action, CreateAction, UpdateAction } from '../../../../src/kinds/actions';
import { reconcileDaemonSet } from '../../../../src/kinds/apps/daemonset/reconcile';
import { controllerRevisions, daemonSets, nodes, pods } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const nowMs = Date.parse('2026-01-01T00:00:00Z');
const context = { nowMs, sinceMs: 0 };
const old = '2025-12-31T00:00:00Z';
const owned = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'agent', uid: 'd', controller: true }] };

const set = (options: Partial<DaemonSet['spec']> = {}, image = 'a:1'): DaemonSet => ({
  metadata: { name: 'agent', namespace: 'default', uid: 'd', generation: 1, annotations: { 'deprecated.daemonset.template.generation': '1' } },
  spec: { selector: { matchLabels: { app: 'agent' } }, revisionHistoryLimit: 10,
    template: { metadata: { labels: { app: 'agent' } }, spec: { containers: [{ name: 'a', image }] } } as never, ...options },
});

const node = (name: string, taints: Taint[] = [], labels: Record<string, string> = {}): Node => ({ metadata: { name, labels }, spec: { taints } });

const revision = (of: DaemonSet, hash: string, number: number): ControllerRevision => ({
  metadata: { name: `agent-${hash}`, namespace: 'default', uid: hash, labels: { app: 'agent', 'controller-revision-hash': hash }, ...owned },
  data: { spec: { template: { ...of.spec.template, $patch: 'replace' } } }, revision: number,
});

interface PodOptions { hash?: string; ready?: boolean; phase?: 'Running' | 'Failed' | 'Succeeded'; deleted?: boolean; created?: string }
const pod = (on: string, { hash = 'new', ready = true, phase = 'Running', deleted, created = old }: PodOptions = {}, name = `agent-${on}`): Pod => ({
  metadata: { name, uid: name, namespace: 'default', labels: { app: 'agent', 'controller-revision-hash': hash }, creationTimestamp: created, ...owned,
    ...(deleted && { deletionTimestamp: old }) },
  spec: { containers: [], nodeName: on },
  status: { phase, ...(ready && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: old }] }) },
});

const current = set();
const history = [revision(set({}, 'a:0'), 'old', 1), revision(current, 'new', 2)];
const plan = (of: DaemonSet, on: readonly Node[], ...all: Pod[]) =>
  reconcileDaemonSet(of, observedOf([daemonSets, [of]], [nodes, on], [pods, all], [controllerRevisions, history]), context);
const changes = (of: DaemonSet, on: readonly Node[], ...all: Pod[]) => told(plan(of, on, ...all).actions).filter((line) => !line.includes('/status'));
const three = ['a', 'b', 'c'].map((name) => node(name));
const surge = { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } } as const;
const flatten = (actions: readonly Action[]): Action[] => actions.flatMap((action) => (action.type === 'batch' ? flatten(action.actions) : [action]));

it('does nothing when all is well', () => {
  const well: DaemonSet = { ...current, status: { currentNumberScheduled: 1, numberMisscheduled: 0, desiredNumberScheduled: 1, numberReady: 1,
    observedGeneration: 1, updatedNumberScheduled: 1, numberAvailable: 1 } };
  expect(plan(well, [node('a')], pod('a'))).toEqual({ actions: [] });
});

it('makes a pinned pod that stays through the troubles of its node, and a revision of its template', () => {
  const { actions } = reconcileDaemonSet(current, observedOf([nodes, [node('a')]]), context);
  expect(told(actions)).toEqual([expect.stringMatching(/^create controllerrevisions agent-/), 'batch create pods agent-', 'update daemonsets/status agent']);
  const [made, daemon] = flatten(actions) as [CreateAction, CreateAction];
  const hash = made.object.metadata.labels!['controller-revision-hash'];
  expect(made.object).toMatchObject({ revision: 1, data: { spec: { template: { $patch: 'replace' } } } });
  expect(daemon.object.metadata.labels).toEqual({ app: 'agent', 'pod-template-generation': '1', 'controller-revision-hash': hash });
  const { spec } = daemon.object as Pod;
  expect(spec!.affinity).toEqual({ nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [
    { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }] } } });
  expect(spec!.tolerations!.map(({ key, effect }) => `${key}:${effect}`)).toEqual([
    'node.kubernetes.io/not-ready:NoExecute', 'node.kubernetes.io/unreachable:NoExecute', 'node.kubernetes.io/disk-pressure:NoSchedule',
    'node.kubernetes.io/memory-pressure:NoSchedule', 'node.kubernetes.io/pid-pressure:NoSchedule', 'node.kubernetes.io/unschedulable:NoSchedule',
  ]);
});

describe('where pods belong', () => {
  const selecting = set({ template: { ...current.spec.template, spec: { containers: [{ name: 'a', image: 'a:1' }], nodeSelector: { disk: 'ssd' } } } as never });
  const taint = (effect: Taint['effect']): Taint => ({ key: 'gpu', effect });
  it.each<[string, string[], string[]]>([
    ['one on each node', changes(current, three, pod('b')), ['batch create pods agent-', 'batch create pods agent-']],
    ['not where the node selector forbids', changes(current, [node('a')]).slice(0, 1), ['batch create pods agent-']],
    ['away from where it forbids now', changes(selecting, [node('a')], pod('a')).slice(1), ['batch delete pods agent-a']],
    ['not on a tainted node', changes(current, [node('a', [taint('NoSchedule')])]), []],
    ['still on a node that was tainted later', changes(current, [node('a', [taint('NoSchedule')])], pod('a')), []],
    ['away from a node that executes', changes(current, [node('a', [taint('NoExecute')])], pod('a')), ['batch delete pods agent-a']],
    ['on a cordoned node, too', changes(current, [node('a', [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' }])]), ['batch create pods agent-']],
    ['once only, the oldest', changes(current, [node('a')], pod('a'), pod('a', { created: '2025-12-31T01:00:00Z' }, 'late')), ['batch delete pods late']],
    ['not beside one that is ending', changes(current, [node('a')], pod('a', { deleted: true })), []],
    ['anew when one has failed', changes(current, [node('a')], pod('a', { phase: 'Failed' })),
      ['event Warning FailedDaemonPod: Found failed daemon pod default/agent-a on node a, will try to kill it', 'batch delete pods agent-a']],
    ['not too often', changes(current, [node('a')], pod('a', { phase: 'Failed', created: '2025-12-31T23:59:55Z' })), []],
  ])('%s', (_, actions, expected) => expect(actions).toEqual(expected));
});

describe('a rolling update', () => {
  const was = { hash: 'old' };
  it.each<[string, string[], string[]]>([
    ['replaces one after the other', changes(current, three, pod('a', was), pod('b', was), pod('c', was)), ['batch delete pods agent-a']],
    ['waits for the new one', changes(current, three, pod('a', { ready: false }), pod('b', was), pod('c', was)), []],
    ['goes on when it is there', changes(current, three, pod('a'), pod('b', was), pod('c', was)), ['batch delete pods agent-b']],
    ['replaces what is not available anyway', changes(current, three, pod('a', { ready: false }), pod('b', { ...was, ready: false }), pod('c', was)), ['batch delete pods agent-b']],
    ['may take a share of the nodes', changes(set({ updateStrategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '50%' } } }), three, pod('a', was), pod('b', was), pod('c', was)),
      ['batch delete pods agent-a', 'batch delete pods agent-b']],
    ['is left to the user', changes(set({ updateStrategy: { type: 'OnDelete' } }), three, pod('a', was), pod('b', was), pod('c', was)), []],
    ['surges', changes(set(surge), three, pod('a', was), pod('b', was), pod('c', was)), ['batch create pods agent-']],
    ['waits while it surges', changes(set(surge), three, pod('a', was), pod('a', { ready: false }, 'fresh'), pod('b', was), pod('c', was)), []],
    ['drops the old one then', changes(set(surge), three, pod('a', was), pod('a', {}, 'fresh'), pod('b', was), pod('c', was)), ['batch delete pods agent-a']],
  ])('%s', (_, actions, expected) => expect(actions).toEqual(expected));
});

it('counts in its status', () => {
  const { actions } = plan(current, [...three, node('t', [{ key: 'k', effect: 'NoSchedule' }])], pod('a'), pod('b', { ready: false, hash: 'old' }), pod('t'));
  expect(((actions.at(-1) as UpdateAction).object as DaemonSet).status).toEqual({
    currentNumberScheduled: 2, numberMisscheduled: 1, desiredNumberScheduled: 3, numberReady: 1, observedGeneration: 1,
    updatedNumberScheduled: 1, numberAvailable: 1, numberUnavailable: 2,
  });
});

it('rolls back by moving an old revision up', () => {
  expect(told(plan(set({}, 'a:0'), [node('a')], pod('a', { hash: 'old' })).actions)).toEqual(['update controllerrevisions agent-old', 'update daemonsets/status agent']);
});

it('keeps no more history than asked for, and what has pods', () => {
  expect(changes(set({ revisionHistoryLimit: 0 }), [node('a')], pod('a'))).toEqual(['delete controllerrevisions agent-old']);
  expect(changes(set({ revisionHistoryLimit: 0, updateStrategy: { type: 'OnDelete' } }), [node('a')], pod('a', { hash: 'old' }))).toEqual([]);
});
