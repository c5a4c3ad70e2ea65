import { entryId, managedEntry, withSet, type ManagedEntry, type Managers } from './entries';
import { union } from './field-set';

/** Of entries that updates made; the oldest are thrown together beyond it. Source: DefaultMaxUpdateManagers. */
const updateManagersMax = 10;

const bucketOf = (apiVersion: string) => ({ manager: 'ancient-changes', operation: 'Update', apiVersion }) as const;

/** The oldest updates of a version become one entry, as many as it takes. Source: capManagersManager. */
export function capManagers(managers: Managers): Managers {
  const updates = [...managers].filter(([, { operation }]) => operation === 'Update');
  let excess = updates.length - updateManagersMax;
  if (excess <= 0) return managers;
  const next = new Map(managers);
  const first = new Map<string, string>();
  for (const [id, entry] of updates.sort(byAge)) {
    if (excess <= 0) break;
    const seen = first.get(entry.apiVersion);
    if (seen === undefined) {
      first.set(entry.apiVersion, id);
      continue;
    }
    join(next, seen, id, entry);
    excess--;
  }
  return next;
}

function byAge([idA, a]: readonly [string, ManagedEntry], [idB, b]: readonly [string, ManagedEntry]): number {
  const [left, right] = [a.time ?? '', b.time ?? ''];
  return left === right ? (idA < idB ? -1 : 1) : left < right ? -1 : 1;
}

/** The bucket takes the place of the first entry of its version when it gets a second one, and the younger one's time. */
function join(managers: Map<string, ManagedEntry>, first: string, id: string, entry: ManagedEntry): void {
  const bucket = bucketOf(entry.apiVersion);
  const bucketId = entryId(bucket);
  const held = managers.get(bucketId) ?? managers.get(first)!;
  if (!managers.has(bucketId)) managers.delete(first);
  managers.delete(id);
  managers.set(bucketId, withSet(managedEntry(bucket, held.fieldsV1, entry.time), union(entry.fieldsV1, held.fieldsV1)));
}
