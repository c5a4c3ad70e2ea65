import type { DeleteOptions, KubeObject } from '../api/meta';
import type { ResourceRef } from './resources';

/**
 * What a reconciler wants done. A runner carries actions out in their order and stops at the first that fails;
 * the key is then tried again later, from what is observed by then.
 */
export type Action = CreateAction | UpdateAction | DeleteAction | EventAction | BatchAction;

/** More actions that depend on the outcome. Both must be pure. */
interface Outcome<R> {
  succeeded?(result: R): readonly Action[];
  /** Carried out before the failure counts. */
  failed?(error: Error): readonly Action[];
  /** Failures that are as good as success; nothing follows from them. */
  tolerates?(error: Error): boolean;
}

export interface CreateAction extends Outcome<KubeObject> {
  readonly type: 'create';
  readonly resource: ResourceRef;
  readonly object: KubeObject;
}

/** Compare-and-swap: the object carries the resourceVersion that was observed. */
export interface UpdateAction extends Outcome<KubeObject> {
  readonly type: 'update';
  readonly resource: ResourceRef;
  readonly object: KubeObject;
  readonly subresource?: 'status' | 'finalize';
}

/** Deletes this very object (by uid), not one made anew under its name. One that is gone already is no failure. */
export interface DeleteAction extends Outcome<void> {
  readonly type: 'delete';
  readonly resource: ResourceRef;
  readonly object: KubeObject;
  readonly options?: Pick<DeleteOptions, 'gracePeriodSeconds' | 'propagationPolicy'>;
  /** Only in the state that was observed: by its resourceVersion, too. */
  readonly unchanged?: boolean;
}

export interface EventAction {
  readonly type: 'event';
  readonly resource: ResourceRef;
  readonly about: KubeObject;
  readonly severity: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/**
 * Carried out together, one after a first success, then two, then four …: what would fail a thousand times for one
 * reason fails once. A failure lets the running ones end and skips the rest; `failed` gets the first error.
 * After the slow start batches of k8s.io/kubernetes/pkg/controller/replicaset.
 */
export interface BatchAction {
  readonly type: 'batch';
  readonly actions: readonly Action[];
  failed?(error: Error): readonly Action[];
}

export interface Plan {
  readonly actions: readonly Action[];
  /** Look again after this many milliseconds even if nothing changes. */
  readonly requeueAfterMs?: number;
}

export const nothingToDo: Plan = { actions: [] };

export const create = <T extends KubeObject>(resource: ResourceRef<T>, object: T, outcome: Outcome<T> = {}): CreateAction =>
  ({ type: 'create', resource, object, ...(outcome as Outcome<KubeObject>) });

export const update = <T extends KubeObject>(resource: ResourceRef<T>, object: T, outcome: Outcome<T> = {}): UpdateAction =>
  ({ type: 'update', resource, object, ...(outcome as Outcome<KubeObject>) });

export const updateStatus = <T extends KubeObject>(resource: ResourceRef<T>, object: T): UpdateAction =>
  ({ type: 'update', resource, object, subresource: 'status' });

export const remove = <T extends KubeObject>(
  resource: ResourceRef<T>, object: T, options: DeleteAction['options'] = {}, outcome: Outcome<void> = {},
): DeleteAction => ({ type: 'delete', resource, object, options, ...outcome });

export const event = <T extends KubeObject>(
  resource: ResourceRef<T>, about: T, severity: EventAction['severity'], reason: string, message: string,
): EventAction => ({ type: 'event', resource, about, severity, reason, message });
