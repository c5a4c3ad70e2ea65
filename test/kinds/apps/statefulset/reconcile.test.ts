import type { ControllerRevision, StatefulSet } from '../../../../src/api/generated/apps.v1';
import type { PersistentVolumeClaim, Pod } from '../../../../src/api/generated/core.v1';
import type { CreateAction, UpdateAction } from '../../../../src/kinds/actions';
import { reconcileStatefulSet } from '../../../../src/kinds/apps/statefulset/reconcile';
import { controllerRevisions, persistentVolumeClaims, pods, statefulSets } from '../../../../src/kinds/resources';
import { observedOf, told } from '../../observed';

const nowMs = Date.parse('2026-01-01T00:00:00Z');
const context = { nowMs, sinceMs: 0 };
const old = '2025-12-31T00:00:00Z';
const owned = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 's', controller: true }] };

const set = (replicas: number, options: Partial<StatefulSet['spec']> = {}, status: Partial<StatefulSet['status']> = {}, image = 'a:1'): StatefulSet => ({
  metadata: { name: 'db', namespace: 'default', uid: 's', generation: 1 },
  spec: { replicas, selector: { matchLabels: { app: 'db' } }, serviceName: 'db', revisionHistoryLimit: 10,
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    template: { metadata: { labels: { app: 'db' } }, spec: { containers: [{ name: 'a', image }] } } as never, ...options },
  status: { replicas: 0, currentRevision: 'db-old', updateRevision: 'db-new', ...status },
});

const revision = (hash: string, number: number, image: string): ControllerRevision => ({
  metadata: { name: `db-${hash}`, namespace: 'default', uid: hash, labels: { app: 'db' }, ...owned },
  data: { spec: { template: { ...set(0, {}, {}, image).spec.template, $patch: 'replace' } } }, revision: number,
});
const history = [revision('old', 1, 'a:0'), revision('new', 2, 'a:1')];

interface PodOptions { of?: string; ready?: boolean; phase?: 'Pending' | 'Running' | 'Failed' | 'Succeeded'; deleted?: boolean; readySince?: string }
const pod = (ordinal: number, { of = 'new', ready = true, phase = 'Running', deleted, readySince = old }: PodOptions = {}): Pod => ({
  metadata: { name: `db-${ordinal}`, uid: `p${ordinal}`, namespace: 'default', creationTimestamp: old, ...owned,
    labels: { app: 'db', 'controller-revision-hash': `db-${of}`, 'statefulset.kubernetes.io/pod-name': `db-${ordinal}` }, ...(deleted && { deletionTimestamp: old }) },
  spec: { containers: [] },
  status: { phase, ...(ready && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: readySince }] }) },
});

const claim = (name: string, options: Partial<PersistentVolumeClaim['metadata']> = {}): PersistentVolumeClaim =>
  ({ metadata: { name, namespace: 'default', uid: name, ...options }, spec: {} });
const template = { volumeClaimTemplates: [claim('data')] };

const plan = (of: StatefulSet, all: Pod[], claims: PersistentVolumeClaim[] = []) =>
  reconcileStatefulSet(of, observedOf([statefulSets, [of]], [pods, all], [controllerRevisions, history], [persistentVolumeClaims, claims]), context);
const changes = (...args: Parameters<typeof plan>) => told(plan(...args).actions).filter((line) => !line.includes('/status'));
const parallel = { podManagementPolicy: 'Parallel' } as const;

it('does nothing when all is well', () => {
  const well = set(1, {}, { observedGeneration: 1, replicas: 1, readyReplicas: 1, currentReplicas: 1, updatedReplicas: 1, availableReplicas: 1,
    currentRevision: 'db-new', updateRevision: 'db-new', collisionCount: 0 });
  expect(plan(well, [pod(0)])).toEqual({ actions: [] });
});

it('makes a pod with a name, a hostname and a claim of its own', () => {
  const { actions } = plan(set(3, template), []);
  expect(told(actions)).toEqual(['create persistentvolumeclaims data-db-0', 'create pods db-0', 'update statefulsets/status db']);
  const [volume, made] = actions as [CreateAction, CreateAction];
  expect(volume.object.metadata).toMatchObject({ name: 'data-db-0', namespace: 'default', labels: { app: 'db' } });
  expect(made.object).toMatchObject({
    metadata: { name: 'db-0', generateName: 'db-', labels: { app: 'db', 'apps.kubernetes.io/pod-index': '0',
      'statefulset.kubernetes.io/pod-name': 'db-0', 'controller-revision-hash': 'db-new' } },
    spec: { hostname: 'db-0', subdomain: 'db', volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data-db-0' } }] },
  });
  expect(told(made.succeeded!(made.object))).toEqual(['event Normal SuccessfulCreate: create Pod db-0 in StatefulSet db successful']);
  expect(told(volume.failed!(new Error('quota')))).toEqual(['event Warning FailedCreate: create Claim data-db-0 for Pod db-0 in StatefulSet db failed error: quota']);
});

describe('in order', () => {
  it.each<[string, string[], string[]]>([
    ['the next comes when the last is ready', changes(set(3), [pod(0)]), ['create pods db-1']],
    ['and not before', changes(set(3), [pod(0, { ready: false })]), []],
    ['nor before it was so for long enough', changes(set(3, { minReadySeconds: 60 }), [pod(0, { readySince: '2025-12-31T23:59:30Z' })]), []],
    ['a gap is filled first', changes(set(3), [pod(0), pod(2)]), ['create pods db-1']],
    ['it starts where the ordinals start', changes(set(2, { ordinals: { start: 5 } }), []), ['create pods db-5']],
    ['the last goes first', changes(set(1), [pod(0), pod(1), pod(2)]), ['delete pods db-2']],
    ['one at a time', changes(set(1), [pod(0), pod(1), pod(2, { deleted: true })]), []],
    ['a failed one is deleted', changes(set(1), [pod(0, { phase: 'Failed' })]),
      ['event Warning RecreatingFailedPod: StatefulSet default/db is recreating failed Pod db-0', 'delete pods db-0']],
    ['an ended one is waited for', changes(set(1), [pod(0, { phase: 'Failed', deleted: true })]), []],
    ['parallel ones all come at once', changes(set(3, parallel), [pod(1, { ready: false })]), ['create pods db-0', 'create pods db-2']],
    ['and go at once', changes(set(1, parallel), [pod(0), pod(1, { ready: false }), pod(2)]), ['delete pods db-2', 'delete pods db-1']],
  ])('%s', (_, actions, expected) => expect(actions).toEqual(expected));

  it('looks again when the wait for availability is over', () => {
    expect(plan(set(3, { minReadySeconds: 60 }), [pod(0, { readySince: '2025-12-31T23:59:30Z' })]).requeueAfterMs).toBe(30_001);
  });
});

describe('a rolling update', () => {
  const was = { of: 'old' };
  const partition = (at: number) => ({ updateStrategy: { type: 'RollingUpdate' as const, rollingUpdate: { partition: at } } });
  it.each<[string, string[], string[]]>([
    ['takes the last first', changes(set(3), [pod(0, was), pod(1, was), pod(2, was)]), ['delete pods db-2']],
    ['waits for it', changes(set(3, parallel), [pod(0, was), pod(1, was), pod(2, { ready: false })]), []],
    ['goes on', changes(set(3), [pod(0, was), pod(1, was), pod(2)]), ['delete pods db-1']],
    ['stops at the partition', changes(set(3, partition(2)), [pod(0, was), pod(1, was), pod(2)]), []],
    ['is left to the user', changes(set(2, { updateStrategy: { type: 'OnDelete' } }), [pod(0, was), pod(1, was)]), []],
  ])('%s', (_, actions, expected) => expect(actions).toEqual(expected));

  it('makes pods below the partition of the old revision', () => {
    const [made] = plan(set(3, partition(1)), []).actions as [CreateAction];
    expect(made.object.metadata.labels!['controller-revision-hash']).toBe('db-old');
    expect((made.object as Pod).spec!.containers[0]!.image).toBe('a:0');
  });
});

it('counts in its status, and is done when all pods are new', () => {
  const status = (of: StatefulSet, ...all: Pod[]) => ((plan(of, all).actions.at(-1) as UpdateAction).object as StatefulSet).status;
  expect(status(set(3), pod(0, { of: 'old' }), pod(1, { of: 'old', ready: false }), pod(2))).toEqual({
    observedGeneration: 1, replicas: 3, readyReplicas: 2, availableReplicas: 2, currentReplicas: 2, updatedReplicas: 1,
    currentRevision: 'db-old', updateRevision: 'db-new', collisionCount: 0,
  });
  expect(status(set(1), pod(0))).toMatchObject({ currentRevision: 'db-new', currentReplicas: 1, updatedReplicas: 1 });
});

describe('claims', () => {
  const policy = (whenDeleted: 'Retain' | 'Delete', whenScaled: 'Retain' | 'Delete') =>
    ({ ...template, persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } });
  const owners = (name: string, of: StatefulSet, all: Pod[], claims: PersistentVolumeClaim[]) =>
    (plan(of, all, claims).actions as UpdateAction[]).filter(({ object }) => object.metadata.name === name)
      .map(({ object }) => object.metadata.ownerReferences!.map(({ kind, name: owner }) => `${kind}/${owner}`));
  const ofSet = { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db', uid: 's' }] };
  const ofPod = (uid: string) => ({ ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'db-1', uid }] });

  it.each<[string, unknown, unknown]>([
    ['stay by default', owners('data-db-0', set(1, template), [pod(0)], [claim('data-db-0')]), []],
    ['go with the set', owners('data-db-0', set(1, policy('Delete', 'Retain')), [pod(0)], [claim('data-db-0')]), [['StatefulSet/db']]],
    ['stay again when the policy changes', owners('data-db-0', set(1, policy('Retain', 'Retain')), [pod(0)], [claim('data-db-0', ofSet)]), [[]]],
    ['go with the pod that is scaled away', owners('data-db-1', set(1, policy('Delete', 'Delete')), [pod(0), pod(1)], [claim('data-db-0', ofSet), claim('data-db-1', ofSet)]), [['Pod/db-1']]],
    ['come back with it', owners('data-db-1', set(2, policy('Retain', 'Delete')), [pod(0), pod(1)], [claim('data-db-0'), claim('data-db-1', ofPod('p1'))]), [[]]],
  ])('%s', (_, found, expected) => expect(found).toEqual(expected));

  it('of a pod before are waited for', () => {
    expect(changes(set(2, policy('Retain', 'Delete')), [pod(0)], [claim('data-db-0'), claim('data-db-1', ofPod('gone'))])).toEqual([]);
    expect(changes(set(1, template), [], [claim('data-db-0', { deletionTimestamp: old })])).toEqual([
      'event Warning FailedCreate: create Pod db-0 in StatefulSet db failed error: pvc data-db-0 is being deleted']);
  });
});
