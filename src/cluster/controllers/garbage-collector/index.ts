import { isReason } from '../../../api/errors';
import { groupVersion, parseGroupVersion, type KubeObject, type OwnerReference } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { createRecorder } from '../../../client/record';
import { carryOut } from '../carry-out';
import type { Loop, LoopOptions } from '../controller';
import type { KindSource } from '../kind-source';
import { observeKinds } from '../observe-kinds';
import { OwnWrites } from '../own-writes';
import { WorkQueue } from '../work-queue';
import { collect, type OwnerState } from './collect';
import { isDeletingDependents, OwnerGraph, type GraphNode } from './owner-graph';

const workers = 20;

/** Events come and go by themselves and own nothing; a kind stored under another one's name is seen there. */
const isCollected = ({ plural, verbs, storedAs }: Kind) => plural !== 'events' && storedAs === undefined
  && (verbs === undefined || (['list', 'watch', 'delete'] as const).every((verb) => verbs.includes(verb)));

/** Deletes what no owner is left of, and frees or removes dependents as a deletion's propagation policy says. */
export function startGarbageCollector(kinds: KindSource, { client, informers, clock, log, observeQueue }: LoopOptions): Loop {
  const graph = new OwnerGraph();
  const recorder = createRecorder({ client, clock, log, component: 'garbage-collector-controller' });
  const queue: WorkQueue = new WorkQueue({ clock, workers, work, observer: observeQueue?.('garbage_collector_attempt_to_delete') });
  const observation = observeKinds({ kinds, informers, isCollected, handler: (kind) => feed(kind, graph, (uid) => queue.add(uid)) });
  let stopped = false;
  void observation.synced.then(() => !stopped && queue.start(), () => undefined);

  async function work(uid: string): Promise<void> {
    const node = graph.node(uid);
    if (!node) return queue.forget(uid);
    const writes = new OwnWrites();
    try {
      const states = await ownerStates(node);
      const { actions, enqueue = [] } = collect(node, graph, (owner) => states.get(owner.uid) ?? 'present');
      await carryOut(actions, { client, recorder, writes });
      enqueue.forEach(({ object }) => queue.add(object.metadata.uid ?? ''));
      queue.forget(uid);
    } catch (error) {
      if (!isReason(error, 'Conflict', 'NotFound')) log(`garbage collector: ${node.object.metadata.name}: ${String(error)}`);
      queue.retry(uid);
    }
    await writes.observed(informers);
  }

  async function ownerStates({ object }: GraphNode): Promise<Map<string, OwnerState>> {
    const states = new Map<string, OwnerState>();
    for (const owner of object.metadata.ownerReferences ?? []) states.set(owner.uid, await ownerState(owner, object));
    return states;
  }

  /** What is not observed may only not be observed yet: the server is asked. An owner of a kind unknown here is left in peace. */
  async function ownerState(owner: OwnerReference, dependent: KubeObject): Promise<OwnerState> {
    const known = graph.node(owner.uid);
    if (known) return isDeletingDependents(known.object) ? 'waiting' : 'present';
    const kind = kindOf(kinds.all(), owner);
    if (!kind || (kind.namespaced && !dependent.metadata.namespace)) return 'present';
    try {
      const live = await client.get(kind, owner.name, kind.namespaced ? dependent.metadata.namespace : undefined);
      if (live.metadata.uid !== owner.uid) return 'absent';
      return isDeletingDependents(live) ? 'waiting' : 'present';
    } catch (error) {
      if (isReason(error, 'NotFound')) return 'absent';
      throw error;
    }
  }

  return {
    async stop() {
      stopped = true;
      observation.stop();
      await queue.stop();
    },
  };
}

function kindOf(kinds: readonly Kind[], { apiVersion, kind }: OwnerReference): Kind | undefined {
  const { group, version } = parseGroupVersion(apiVersion);
  const candidates = kinds.filter((candidate) => candidate.group === group && candidate.kind === kind);
  return candidates.find((candidate) => groupVersion(candidate) === `${group ? `${group}/` : ''}${version}`) ?? candidates[0];
}

/** Keeps the graph current and names the objects whose fate may have changed. */
function feed(kind: Kind, graph: OwnerGraph, wake: (uid: string) => void) {
  const wakeDependents = (uid: string) => graph.dependentsOf(uid).forEach(({ object }) => wake(object.metadata.uid ?? ''));
  const seen = (object: KubeObject) => {
    const uid = object.metadata.uid ?? '';
    graph.set(kind, object);
    const { ownerReferences = [], deletionTimestamp, finalizers = [] } = object.metadata;
    const ends = deletionTimestamp !== undefined && (finalizers.includes('orphan') || finalizers.includes('foregroundDeletion'));
    if (ends) wakeDependents(uid);
    // An owner that is there and stays needs no decision.
    if (ends || ownerReferences.some((owner) => !graph.node(owner.uid) || isDeletingDependents(graph.node(owner.uid)!.object))) wake(uid);
  };
  return {
    added: seen,
    updated: seen,
    deleted: (object: KubeObject) => {
      const uid = object.metadata.uid ?? '';
      graph.delete(uid);
      wakeDependents(uid);
      object.metadata.ownerReferences?.forEach((owner) => wake(owner.uid));
    },
  };
}
