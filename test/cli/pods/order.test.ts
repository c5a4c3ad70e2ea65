import type { Pod } from '../../../src/api/generated/core.v1';
import { byActivity, byLogging } from '../../../src/cli/pods/order';

const pod = (name: string, change: { nodeName?: string; phase?: string; readySince?: string; restarts?: number; deleting?: boolean } = {}): Pod => ({
  metadata: { name, creationTimestamp: '2026-01-01T00:00:00Z', ...(change.deleting && { deletionTimestamp: '2026-01-02T00:00:00Z' }) },
  spec: { nodeName: change.nodeName ?? 'node', containers: [] },
  status: {
    phase: change.phase ?? 'Running',
    conditions: [{ type: 'Ready', status: change.readySince ? 'True' : 'False', lastTransitionTime: change.readySince }],
    containerStatuses: [{ restartCount: change.restarts ?? 0 }],
  },
}) as unknown as Pod;

const names = (pods: Pod[], order: typeof byLogging) => [...pods].sort(order).map(({ metadata }) => metadata.name);

it('takes the pod that runs, is ready, and has been for the longest time', () => {
  const pods = [
    pod('pending', { phase: 'Pending' }), pod('unplaced', { nodeName: '' }), pod('unready'),
    pod('young', { readySince: '2026-01-01T00:02:00Z' }), pod('old', { readySince: '2026-01-01T00:01:00Z' }),
  ];
  expect(names(pods, byLogging)).toEqual(['old', 'young', 'unready', 'pending', 'unplaced']);
  expect(names(pods, byActivity)).toEqual(['old', 'young', 'unready', 'pending', 'unplaced']);
});

it('enters a pod that stays rather than one that goes', () => {
  const since = { readySince: '2026-01-01T00:01:00Z' };
  expect(names([pod('going', { ...since, deleting: true }), pod('staying', since)], byActivity)).toEqual(['staying', 'going']);
});

it('takes the pod that restarted less', () => {
  expect(names([pod('often', { restarts: 3 }), pod('never')], byLogging)).toEqual(['never', 'often']);
});
