import type { Unstructured } from '../../../api/meta';
import { typedItem } from '../../print/objects';
import { groupVersion } from '../../../api/meta';
import { lastApplied } from '../../last-applied';
import { prunableResources } from '../../prune/resources';
import type { Session } from '../../session';

export interface Seen {
  /** Of the objects that the files name and the server has. */
  uids: ReadonlySet<string>;
  namespaces: ReadonlySet<string>;
}

/** The objects that apply made, that carry the labels, and that the files do not name any more. */
export async function prunedObjects(session: Session, { uids, namespaces }: Seen, allowlist: readonly string[], selector: string): Promise<Unstructured[]> {
  const client = await session.client();
  const resources = await prunableResources(session, allowlist);
  const namespaced = [...namespaces].flatMap((namespace) => resources.filter((each) => each.namespaced).map((resource) => ({ resource, namespace })));
  const others = resources.filter((each) => !each.namespaced).map((resource) => ({ resource, namespace: '' }));
  const found: Unstructured[] = [];
  for (const { resource, namespace } of [...namespaced, ...others]) {
    const list = await client.list<Unstructured>(resource, { namespace, labelSelector: selector });
    const items = list.items.map((item) => typedItem({ apiVersion: groupVersion(resource), ...list }, resource.kind, item));
    found.push(...items.filter((item) => lastApplied(item) !== undefined && !uids.has(item.metadata.uid ?? '')));
  }
  return found;
}
