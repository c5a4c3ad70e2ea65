import type { ManagedFieldsEntry } from '../generated/meta.v1';
import { withSet, type ManagedEntry } from './entries';
import { difference, fieldsOf, isEmpty, union } from './field-set';
import { parseFieldSet } from './parse';

/*
 * What client-side apply wrote, as if it had been applied on the server's side, so that fields which a configuration
 * drops go. After k8s.io/client-go/util/csaupgrade.
 */

type Entries = readonly ManagedFieldsEntry[];

const setIn = ({ fieldsV1 }: ManagedFieldsEntry) => parseFieldSet(fieldsV1);

/** The managers of one field, by name, each once. */
export function ownersOf(entries: Entries, operation: 'Apply' | 'Update', path: readonly string[]): string[] {
  const wanted = fieldsOf(path);
  const owners = entries.filter((entry) => entry.operation === operation && isEmpty(difference(wanted, setIn(entry))));
  return [...new Set(owners.map(({ manager = '' }) => manager))];
}

/** The entries with those of the client's managers joined into one that applies as `manager`. The very list when there is none. */
export const asServerSide = (entries: Entries, clients: readonly string[], manager: string): Entries =>
  clients.reduce((all, client) => joined(all, client, manager), entries);

function joined(entries: Entries, client: string, manager: string): Entries {
  const isClients = (entry: ManagedFieldsEntry) => entry.manager === client && entry.operation === 'Update' && !entry.subresource;
  if (!entries.some(isClients)) return entries;
  const own = entries.find((entry) => entry.manager === manager && entry.operation === 'Apply' && !entry.subresource);
  const target = own ?? entries.find(isClients)!;
  const sameVersion = entries.find((entry) => isClients(entry) && entry.apiVersion === target.apiVersion);
  const set = sameVersion ? union(setIn(target), setIn(sameVersion)) : setIn(target);
  const result = withSet({ ...target, manager, operation: 'Apply' } as ManagedEntry, set);
  return entries.map((entry) => (entry === target ? result : entry)).filter((entry) => !isClients(entry));
}
