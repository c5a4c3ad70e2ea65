import type { Unstructured } from '../../../api/meta';
import type { WriteContext } from '../registry/context';
import type { Registry } from '../registry/registry';

/**
 * What the server does for one kind beside storing it: resources that it hands out, deletions that it holds back.
 * Keyed by `group/plural` in ./index.ts; the generic path calls them and knows no kind.
 */
export interface Hooks {
  /**
   * Before a create or update is validated: may complete the object in place and take resources for it (addresses, ports).
   * `release` undoes that; it is called when the write fails or was a dry run. Throws ApiError.
   */
  allocate?(write: HookWrite): (() => void) | undefined;
  /** After a write (`object` absent: a removal) is durable: gives back what the old state held and the new one does not. */
  written?(registry: Registry, object: Unstructured | undefined, old: Unstructured | undefined): void;
  /** The object stays, marked as being deleted, while this holds, whatever its finalizers say. */
  holdsDeletion?(object: Unstructured): boolean;
  /** Changes the object in place when its deletion begins. */
  deleting?(object: Unstructured): void;
  /** The answer to a delete that removed the object is the object, not a Status. */
  readonly returnsDeleted?: boolean;
  /** Once, when the server starts: takes for the stored objects what they hold. */
  restore?(registry: Registry): void;
}

export interface HookWrite {
  readonly registry: Registry;
  readonly object: Unstructured;
  readonly old: Unstructured | undefined;
  readonly context: WriteContext;
}
