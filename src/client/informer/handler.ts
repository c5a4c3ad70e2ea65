import type { KubeObject } from '../../api/meta';

export interface Handler<T extends KubeObject> {
  added?(object: T): void;
  updated?(object: T, old: T): void;
  /** The last state known; what happened between it and the removal may have been missed. */
  deleted?(object: T): void;
}
