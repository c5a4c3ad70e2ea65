import type { Node, Pod, Taint, Toleration } from '../../../../src/api/generated/core.v1';
import { reconcilePod, tooMany } from '../../../../src/kinds/core/pod/reconcile';
import { reconcileEviction } from '../../../../src/kinds/core/pod/taint-eviction';
import { nodes, pods } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const nowMs = Date.parse('2026-01-01T00:10:00Z');
const context = { nowMs, sinceMs: 0 };
const pod = (nodeName?: string, tolerations: Toleration[] = [], deleting = false): Pod => ({
  metadata: { name: 'web', namespace: 'default', creationTimestamp: '2026-01-01T00:00:00Z', ...(deleting && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
  spec: { containers: [], tolerations, ...(nodeName && { nodeName }) }, status: { phase: 'Running' },
});
const taint = (key: string, timeAdded = '2026-01-01T00:09:00Z'): Taint => ({ key, effect: 'NoExecute', timeAdded });
const onNode = (...taints: Taint[]) => observedOf([nodes, [{ metadata: { name: 'n' }, spec: { taints } } as Node]]);
const tolerating = (key: string, tolerationSeconds?: number): Toleration => ({ key, operator: 'Exists', ...(tolerationSeconds !== undefined && { tolerationSeconds }) });

describe('collecting pods', () => {
  it('leaves a pod whose node is there', () => {
    expect(reconcilePod(pod('n'), onNode(), context)).toEqual({ actions: [] });
  });

  it('removes a pod whose node is gone', () => {
    expect(told(reconcilePod(pod('gone'), onNode(), context).actions)).toEqual(['update pods/status web', 'delete pods web']);
  });

  it('waits for a node that may not be observed yet', () => {
    const bound = { ...pod('new'), status: { conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-01-01T00:09:50Z' }] } };
    expect(reconcilePod(bound, onNode(), context)).toEqual({ actions: [], requeueAfterMs: 30_000 });
  });

  it('removes a deleted pod that never had a node', () => {
    expect(told(reconcilePod(pod(undefined, [], true), onNode(), context).actions)).toEqual(['delete pods web']);
  });
});

describe('eviction by taints', () => {
  const evict = (tolerations: Toleration[], ...taints: Taint[]) => reconcileEviction(pod('n', tolerations), onNode(...taints), context);

  it.each<[string, ReturnType<typeof evict>, number | undefined]>([
    ['no taint', evict([]), undefined],
    ['tolerated for ever', evict([tolerating('a')], taint('a')), undefined],
    ['tolerated for a time', evict([tolerating('a', 300)], taint('a')), 240_000],
    ['for the shortest time', evict([tolerating('a', 300), tolerating('b', 100)], taint('a'), taint('b')), 40_000],
  ])('stays: %s', (_, { actions, requeueAfterMs }, afterMs) => expect([actions, requeueAfterMs]).toEqual([[], afterMs]));

  describe('by a taint that does not say since when it is there', () => {
    const undated: Taint = { key: 'a', effect: 'NoExecute' };
    const evictAwaited = (awaitedMs?: number) => reconcileEviction(pod('n', [tolerating('a', 300)]), onNode(undated), { ...context, ...(awaitedMs !== undefined && { awaitedMs }) });

    it('counts from when it is first seen', () => expect(evictAwaited()).toEqual({ actions: [], requeueAfterMs: 300_000 }));
    it('does not begin anew', () => expect(evictAwaited(nowMs + 1000)).toEqual({ actions: [], requeueAfterMs: 1000 }));
    it('ends', () => expect(told(evictAwaited(nowMs).actions)).toContain('delete pods web'));
  });

  it.each([
    ['not tolerated', evict([tolerating('b')], taint('a'))],
    ['one of two not tolerated', evict([tolerating('a')], taint('a'), taint('b'))],
    ['no longer tolerated', evict([tolerating('a', 60)], taint('a'))],
  ])('goes: %s', (_, { actions }) => {
    expect(told(actions)).toEqual(['update pods/status web', 'event Normal TaintManagerEviction: Marking for deletion Pod default/web', 'delete pods web']);
  });
});

it('takes the oldest of too many that have ended, evicted ones first', () => {
  const of = (name: string, minute: number, phase: 'Succeeded' | 'Failed' | 'Running', reason?: string): Pod => ({
    metadata: { name, namespace: 'default', uid: name, creationTimestamp: `2026-01-01T00:0${minute}:00Z` }, spec: { containers: [] }, status: { phase, ...(reason && { reason }) },
  });
  const all = [of('a', 1, 'Succeeded'), of('b', 3, 'Failed', 'Evicted'), of('c', 2, 'Failed'), of('d', 0, 'Running')];
  expect(tooMany(observedOf([pods, all]), 1).map(({ metadata }) => metadata.name)).toEqual(['b', 'a']);
  expect(tooMany(observedOf([pods, all]), 3)).toEqual([]);
});
