import type { DeleteOptions, KubeList, KubeObject } from '../api/meta';

/** Where a resource lives. A `Kind` record is one. */
export interface Resource {
  /** '' is the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly namespaced: boolean;
}

export interface ListOptions {
  /** All namespaces when absent. */
  namespace?: string;
  labelSelector?: string;
  fieldSelector?: string;
  limit?: number;
  continue?: string;
  resourceVersion?: string;
  resourceVersionMatch?: 'Exact' | 'NotOlderThan';
  signal?: AbortSignal;
}

export interface WatchOptions extends ListOptions {
  allowWatchBookmarks?: boolean;
  timeoutSeconds?: number;
}

export type WatchEvent<T extends KubeObject> =
  | { type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: T }
  | { type: 'BOOKMARK'; object: KubeObject };

export interface WriteOptions {
  dryRun?: boolean;
  fieldManager?: string;
  fieldValidation?: 'Ignore' | 'Warn' | 'Strict';
  /** `status`, `scale`, `binding`, … */
  subresource?: string;
  signal?: AbortSignal;
}

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

/**
 * The API as its clients see it. Implementations: HTTP (client/http), in process (cluster/daemon), fake (client/fake).
 * Every method rejects with an `ApiError` carrying the server's Status; a connection that fails rejects with the
 * transport's own error. Objects handed out by the in-process client are shared and frozen in spirit: never change
 * them in place, spread or clone first.
 */
export interface Client {
  get<T extends KubeObject>(resource: Resource, name: string, namespace?: string, options?: { subresource?: string; signal?: AbortSignal }): Promise<T>;
  list<T extends KubeObject>(resource: Resource, options?: ListOptions): Promise<KubeList<T>>;
  /** The namespace is the object's own. */
  create<T extends KubeObject>(resource: Resource, object: T, options?: WriteOptions & { name?: string }): Promise<T>;
  /** Compare-and-swap on metadata.resourceVersion when it is set. */
  update<T extends KubeObject>(resource: Resource, object: T, options?: WriteOptions): Promise<T>;
  patch<T extends KubeObject>(resource: Resource, name: string, namespace: string | undefined, type: PatchType, patch: unknown, options?: WriteOptions & { force?: boolean }): Promise<T>;
  delete(resource: Resource, name: string, namespace?: string, options?: DeleteOptions, signal?: AbortSignal): Promise<void>;
  /**
   * Events after `resourceVersion`, in order, until the signal aborts (the iteration then ends without an error)
   * or the server ends the stream. An expired resourceVersion throws reason Expired: list again.
   */
  watch<T extends KubeObject>(resource: Resource, options: WatchOptions): AsyncIterable<WatchEvent<T>>;
}
