import type { Resource } from '../client';

export interface ApiResource extends Resource {
  readonly kind: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly string[];
  /** `status`, `scale`, … */
  readonly subresources: readonly string[];
}

export interface ApiGroup {
  /** '' is the core group. */
  readonly name: string;
  /** The preferred one first. */
  readonly versions: readonly string[];
}

/** Everything that the server serves, in its own order of precedence: groups, then versions, preferred ones first. */
export interface Snapshot {
  readonly groups: readonly ApiGroup[];
  readonly resources: readonly ApiResource[];
}
