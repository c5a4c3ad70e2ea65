import type { KubeObject, KubeList } from '../api/meta';
import type { Event } from '../api/generated/core.v1';

/** One list that a describe wants fetched before it renders. */
export interface RelatedQuery {
  /** The name under which the render finds the result. */
  readonly as: string;
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  /** Absent for cluster-scoped resources or all namespaces. */
  readonly namespace?: string;
  /** Fetch one object by name instead of a list. */
  readonly name?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

/** What was fetched. A query that the server refused or did not find is absent: describe shows what there is. */
export interface Related {
  list<T extends KubeObject>(as: string): KubeList<T>['items'];
  object<T extends KubeObject>(as: string): T | undefined;
  /** Events about the described object; empty with --show-events=false. */
  readonly events: readonly Event[] | undefined;
}

/**
 * How a kind is described. `related` names what to fetch, `render` is pure: renderers that fetch are slow
 * (kubernetes/kubernetes#133498).
 */
export interface Describe<T extends KubeObject = KubeObject> {
  readonly group: string;
  readonly kind: string;
  related?(object: T): RelatedQuery[];
  render(object: T, related: Related, context: { nowMs: number }): string;
}
