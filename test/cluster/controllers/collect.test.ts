import type { KubeObject, OwnerReference } from '../../../src/api/meta';
import { collect, type OwnerState } from '../../../src/cluster/controllers/garbage-collector/collect';
import { OwnerGraph, type GraphNode } from '../../../src/cluster/controllers/garbage-collector/owner-graph';
import { pods } from '../../../src/kinds/resources';

const owner = (uid: string, blockOwnerDeletion = true): OwnerReference => ({ apiVersion: 'v1', kind: 'Pod', name: uid, uid, blockOwnerDeletion });
const object = (uid: string, owners: OwnerReference[] = [], finalizers: string[] = [], deleting = finalizers.length > 0): KubeObject => ({
  metadata: { name: uid, uid, ownerReferences: owners, finalizers, ...(deleting && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
});

function decide(subject: KubeObject, others: KubeObject[] = [], states: Record<string, OwnerState> = {}) {
  const graph = new OwnerGraph();
  [subject, ...others].forEach((each) => graph.set(pods, each));
  const node = graph.node(subject.metadata.uid!) as GraphNode;
  const { actions, enqueue = [] } = collect(node, graph, ({ uid }) => states[uid] ?? 'present');
  return {
    actions: actions.map((action) => {
      if (action.type === 'delete') return `delete ${action.object.metadata.name} ${action.options!.propagationPolicy}`;
      if (action.type !== 'update') return action.type;
      const { name, ownerReferences = [], finalizers = [] } = action.object.metadata;
      return `update ${name} owners=${ownerReferences.map(({ uid, blockOwnerDeletion }) => `${uid}${blockOwnerDeletion ? '' : '?'}`)} finalizers=${finalizers}`;
    }),
    enqueue: enqueue.map(({ object: { metadata } }) => metadata.name),
  };
}

describe('garbage collection', () => {
  it.each<[string, ReturnType<typeof decide>, string[], string[]]>([
    ['leaves what has an owner', decide(object('a', [owner('o')])), [], []],
    ['leaves what never had one', decide(object('a')), [], []],
    ['deletes what has lost its owner', decide(object('a', [owner('o')]), [], { o: 'absent' }), ['delete a Background'], []],
    ['drops a lost owner beside another', decide(object('a', [owner('o'), owner('p')]), [], { o: 'absent' }), ['update a owners=p finalizers='], []],
    ['leaves what is being deleted', decide(object('a', [owner('o')], ['x']), [], { o: 'absent' }), [], []],
    ['deletes the dependents of a foreground deletion', decide(object('a', [owner('o')]), [], { o: 'waiting' }), ['delete a Background'], []],
    ['in the foreground those that have dependents', decide(object('a', [owner('o')]), [object('b', [owner('a')])], { o: 'waiting' }), ['delete a Foreground'], []],
    ['breaks a circle of waiting', decide(object('a', [owner('b')]), [object('b', [owner('a')], ['foregroundDeletion'])], { b: 'waiting' }), ['update a owners=b? finalizers='], []],
    ['waits for dependents that block', decide(object('a', [], ['foregroundDeletion']), [object('b', [owner('a')])]), [], ['b']],
    ['ends a foreground deletion when none blocks', decide(object('a', [], ['foregroundDeletion']), [object('b', [owner('a', false)])]), ['update a owners= finalizers='], []],
    ['frees dependents that are to be orphaned', decide(object('a', [], ['orphan', 'x']), [object('b', [owner('a'), owner('c')])]), ['update b owners=c finalizers=', 'update a owners= finalizers=x'], []],
  ])('%s', (_, outcome, actions, enqueue) => {
    expect(outcome).toEqual({ actions, enqueue });
  });
});
