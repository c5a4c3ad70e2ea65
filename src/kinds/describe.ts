import type { KubeObject, KubeList } from '../api/meta';
import type { Event } from '../api/generated/core.v1';

/** One list that a describe wants fetched before it renders. Several may share a name: their items are put together. */
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

/** What was fetched. A query that the server refused or did not find counts as empty: describe shows what there is. */
export interface Related {
  list<T extends KubeObject>(as: string): KubeList<T>['items'];
  object<T extends KubeObject>(as: string): T | undefined;
  /** Whether a query of that name was answered. Some sections are left out where the server has no such resource. */
  answered(as: string): boolean;
  /** What the queries named `events` found; undefined with --show-events=false, when they need not be made. */
  readonly events: readonly Event[] | undefined;
}

/** The name of the queries for events. */
export const eventsQuery = 'events';

/** What came of one query that was answered: `items` of a list, `object` of a get. */
export interface Answer {
  readonly as: string;
  readonly items?: readonly KubeObject[];
  readonly object?: KubeObject;
}

export function relatedFrom(answers: readonly Answer[], showEvents: boolean): Related {
  const of = (as: string) => answers.filter((answer) => answer.as === as);
  const list = <T extends KubeObject>(as: string) => of(as).flatMap(({ items }) => items ?? []) as T[];
  return {
    list,
    object: <T extends KubeObject>(as: string) => of(as)[0]?.object as T | undefined,
    answered: (as) => of(as).length > 0,
    events: showEvents ? list<Event>(eventsQuery) : undefined,
  };
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
