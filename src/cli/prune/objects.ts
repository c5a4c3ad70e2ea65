import { groupVersion, type Unstructured } from '../../api/meta';
import type { ApiResource } from '../../client/discovery';
import { lastApplied } from '../last-applied';
import { typedItem } from '../print/objects';
import type { Session } from '../session';

/** What was applied. */
export interface Seen {
  /** Of the objects that the files name and the server has. */
  readonly uids: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<string>;
}

/** One object that the files do not name any more. */
export interface Pruned {
  readonly resource: ApiResource;
  readonly object: Unstructured;
}

/** The objects that apply made, that carry the labels, and that were not seen, as they are found. After prune.go in k8s.io/kubectl. */
export async function* prunedObjects(session: Session, { uids, namespaces }: Seen, resources: readonly ApiResource[], selector: string): AsyncGenerator<Pruned> {
  for (const place of placesOf(resources, [...namespaces])) {
    for (const object of await labelled(session, place, selector)) {
      if (lastApplied(object) !== undefined && !uids.has(object.metadata.uid ?? '')) yield { resource: place.resource, object };
    }
  }
}

interface Place {
  readonly resource: ApiResource;
  /** '' for resources of the cluster. */
  readonly namespace: string;
}

/** Where objects of these resources may be: namespace by namespace, then the cluster. */
export function placesOf(resources: readonly ApiResource[], namespaces: readonly string[]): Place[] {
  const namespaced = resources.filter((each) => each.namespaced);
  return [
    ...namespaces.flatMap((namespace) => namespaced.map((resource) => ({ resource, namespace }))),
    ...resources.filter((each) => !each.namespaced).map((resource) => ({ resource, namespace: '' })),
  ];
}

/** The objects of one place that carry the labels. */
export async function labelled(session: Session, { resource, namespace }: Place, labelSelector: string): Promise<Unstructured[]> {
  const client = await session.client();
  const list = await client.list<Unstructured>(resource, { namespace, ...(labelSelector && { labelSelector }) });
  return list.items.map((item) => typedItem({ apiVersion: groupVersion(resource), ...list }, resource.kind, item));
}
