import type { KubeObject } from '../api/meta';
import type { Plan } from './actions';
import type { ResourceRef } from './resources';

/** Groups objects by values computed from them; an object may have several. Two of one name are the same function. */
export interface Index<T extends KubeObject = KubeObject> {
  readonly name: string;
  values(object: T): readonly string[];
}

/** What was seen of the cluster so far. The objects are shared: never change them. */
export interface Observed {
  get<T extends KubeObject>(resource: ResourceRef<T>, name: string, namespace?: string): T | undefined;
  /** All of them, or those of one namespace. */
  list<T extends KubeObject>(resource: ResourceRef<T>, namespace?: string): readonly T[];
  find<T extends KubeObject>(resource: ResourceRef<T>, index: Index<T>, value: string): readonly T[];
}

export interface ReconcileContext {
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** Since when this process observes, in milliseconds since the epoch: what is older may have been missed. */
  readonly sinceMs: number;
  /** This process has not looked at the object before. */
  readonly first?: boolean;
  /** When the last call asked to be called again, in milliseconds since the epoch; what has happened since has not changed that. */
  readonly awaitedMs?: number;
}

/** Another resource whose changes concern this reconciler. */
export interface Watch<T extends KubeObject = KubeObject> {
  readonly resource: ResourceRef<T>;
  /**
   * Keys (`namespace/name`, or the bare name) of the objects to reconcile because of this one. Asked for the old and
   * the new state of a change, so that what an object has left is woken, too.
   */
  keys(object: T, observed: Observed): readonly string[];
  /** False for changes that make no difference, e.g. a heartbeat. All do when absent. */
  concerns?(object: T, old: T): boolean;
}

/**
 * A control loop as a pure function of what is observed. It is called for an object whenever the object or something
 * watched has changed, never twice at a time for one object, and not before the writes of its last call have come
 * back in what is observed. It says what to do now, not what happened: being called once more must do no harm.
 */
export interface Reconciler<T extends KubeObject = KubeObject> {
  /** Source of its events: `deployment-controller`. */
  readonly name: string;
  readonly resource: ResourceRef<T>;
  /** False for objects, and changes of them, that the loop has nothing to do about. Deletions concern all loops. All do when absent. */
  concerns?(object: T, old: T | undefined): boolean;
  readonly watches?: readonly Watch[];
  /** Everything that `reconcile` reads besides what it watches: has to be there before the first call. */
  readonly reads?: readonly ResourceRef[];
  reconcile(object: T, observed: Observed, context: ReconcileContext): Plan;
  /** The object is gone; for loops whose results are not collected through owner references. */
  gone?(key: { name: string; namespace?: string }, observed: Observed, context: ReconcileContext): Plan;
}

/** Erases T, which reconcilers and watches of different kinds in one table need. */
export const reconciler = <T extends KubeObject>(definition: Reconciler<T>): Reconciler => definition as unknown as Reconciler;
export const watch = <T extends KubeObject>(definition: Watch<T>): Watch => definition as unknown as Watch;

/** A failure that trying again cannot mend: reported once, then left until the object changes. */
export class Terminal extends Error {
  override readonly name = 'Terminal';
}

export const isTerminal = (error: unknown): boolean => error instanceof Error && error.name === 'Terminal';
