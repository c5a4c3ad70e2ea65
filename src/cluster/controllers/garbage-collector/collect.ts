import type { KubeObject, OwnerReference } from '../../../api/meta';
import { remove, update, type Action } from '../../../kinds/actions';
import type { GraphNode, OwnerGraph } from './owner-graph';
import { isDeletingDependents } from './owner-graph';

/** `waiting`: is deleted in the foreground, when its dependents have gone. */
export type OwnerState = 'present' | 'absent' | 'waiting';

export interface Collection {
  readonly actions: readonly Action[];
  /** Objects to look at next. */
  readonly enqueue?: readonly GraphNode[];
}

/**
 * What becomes of an object because of its owners and dependents.
 * After attemptToDeleteItem and attemptToOrphanWorker of k8s.io/kubernetes/pkg/controller/garbagecollector.
 */
export function collect(node: GraphNode, graph: OwnerGraph, stateOf: (owner: OwnerReference) => OwnerState): Collection {
  const { deletionTimestamp, finalizers = [], ownerReferences = [] } = node.object.metadata;
  if (deletionTimestamp && finalizers.includes('orphan')) return orphanDependents(node, graph);
  if (isDeletingDependents(node.object)) return deleteDependents(node, graph);
  if (deletionTimestamp || ownerReferences.length === 0) return { actions: [] };
  return { actions: judge(node, graph, ownerReferences, stateOf) };
}

function judge(node: GraphNode, graph: OwnerGraph, owners: readonly OwnerReference[], stateOf: (owner: OwnerReference) => OwnerState): Action[] {
  const { resource, object } = node;
  const states = owners.map((owner) => ({ owner, state: stateOf(owner) }));
  const kept = states.filter(({ state }) => state === 'present').map(({ owner }) => owner);
  if (kept.length === owners.length) return [];
  if (kept.length > 0) return [update(resource, withMetadata(object, { ownerReferences: kept }))];
  const dependents = graph.dependentsOf(object.metadata.uid ?? '');
  const inForeground = states.some(({ state }) => state === 'waiting') && dependents.length > 0;
  if (!inForeground) return [removeUnchanged(node, inheritedPolicy(object))];
  // Owners that wait for each other would wait for ever.
  if (dependents.some((dependent) => isDeletingDependents(dependent.object)) && owners.some((owner) => owner.blockOwnerDeletion)) {
    return [update(resource, withMetadata(object, { ownerReferences: owners.map((owner) => ({ ...owner, blockOwnerDeletion: false })) }))];
  }
  return [removeUnchanged(node, 'Foreground')];
}

/** Owners may have changed since: then it has to be judged anew. */
const removeUnchanged = ({ resource, object }: GraphNode, propagationPolicy: 'Orphan' | 'Foreground' | 'Background'): Action =>
  ({ ...remove(resource, object, { propagationPolicy }), unchanged: true });

function inheritedPolicy({ metadata: { finalizers = [] } }: KubeObject): 'Orphan' | 'Foreground' | 'Background' {
  if (finalizers.includes('orphan')) return 'Orphan';
  return finalizers.includes('foregroundDeletion') ? 'Foreground' : 'Background';
}

function orphanDependents({ resource, object }: GraphNode, graph: OwnerGraph): Collection {
  const uid = object.metadata.uid ?? '';
  const freed = graph.dependentsOf(uid).map((dependent) => update(dependent.resource, withMetadata(dependent.object, {
    ownerReferences: (dependent.object.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== uid),
  })));
  return { actions: [...freed, update(resource, withoutFinalizer(object, 'orphan'))] };
}

function deleteDependents({ resource, object }: GraphNode, graph: OwnerGraph): Collection {
  const uid = object.metadata.uid ?? '';
  const dependents = graph.dependentsOf(uid);
  const blocking = dependents.filter((dependent) =>
    dependent.object.metadata.ownerReferences?.some((owner) => owner.uid === uid && owner.blockOwnerDeletion));
  if (blocking.length === 0) return { actions: [update(resource, withoutFinalizer(object, 'foregroundDeletion'))] };
  return { actions: [], enqueue: dependents.filter((dependent) => !dependent.object.metadata.deletionTimestamp) };
}

const withMetadata = (object: KubeObject, metadata: Partial<KubeObject['metadata']>): KubeObject =>
  ({ ...object, metadata: { ...object.metadata, ...metadata } });

const withoutFinalizer = (object: KubeObject, finalizer: string): KubeObject =>
  withMetadata(object, { finalizers: (object.metadata.finalizers ?? []).filter((name) => name !== finalizer) });
