import type { ManagedFieldsEntry } from '../generated/meta.v1';
import type { FieldSet } from './field-set';
import { parseFieldSet } from './parse';

/** An entry of metadata.managedFields that is in order. */
export interface ManagedEntry extends ManagedFieldsEntry {
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly fieldsType: 'FieldsV1';
  readonly fieldsV1: FieldSet;
}

/** The managers of an object by what tells them apart (`entryId`). */
export type Managers = ReadonlyMap<string, ManagedEntry>;

type Identity = Pick<ManagedFieldsEntry, 'manager' | 'operation' | 'apiVersion' | 'subresource'>;

/** One who applies is the same in all versions. Sorts as upstream's identifiers do. Source: BuildManagerIdentifier. */
export const entryId = ({ manager, operation, apiVersion, subresource }: Identity): string =>
  `${manager ?? ''}\n${operation}\n${operation === 'Apply' ? '' : apiVersion}\n${subresource ?? ''}`;

/** In Go's order of fields. */
export function managedEntry({ manager, operation, apiVersion, subresource }: Identity & Pick<ManagedEntry, 'operation' | 'apiVersion'>, set: FieldSet, time: string | undefined): ManagedEntry {
  const entry: ManagedEntry = { manager: manager || undefined, operation, apiVersion, time, fieldsType: 'FieldsV1', fieldsV1: set, subresource: subresource || undefined };
  return entry;
}

export const withSet = (entry: ManagedEntry, set: FieldSet): ManagedEntry => (set === entry.fieldsV1 ? entry : { ...entry, fieldsV1: set });

export const noManagers: Managers = new Map();

/** Entries that this module wrote: they are in order. */
export function storedManagers(entries: readonly ManagedFieldsEntry[] | undefined): Managers {
  return entries?.length ? new Map((entries as readonly ManagedEntry[]).map((entry) => [entryId(entry), entry])) : noManagers;
}

/** Entries that a client sent; undefined when they are not in order. Source: DecodeManagedFields. */
export function receivedManagers(entries: readonly ManagedFieldsEntry[]): Managers | undefined {
  const managers = new Map<string, ManagedEntry>();
  for (const entry of entries) {
    const { operation, apiVersion, fieldsType, fieldsV1, time } = entry;
    if ((operation !== 'Apply' && operation !== 'Update') || !apiVersion || fieldsType !== 'FieldsV1') return undefined;
    const set = parsed(fieldsV1);
    if (!set) return undefined;
    managers.set(entryId(entry), managedEntry({ ...entry, operation, apiVersion }, set, time));
  }
  return managers;
}

function parsed(fields: unknown): FieldSet | undefined {
  try {
    return parseFieldSet(fields);
  } catch {
    return undefined;
  }
}

/** Applied before updated, then by time. Source: sortEncodedManagedFields. */
export function sortedEntries(managers: Managers): ManagedEntry[] {
  return [...managers.values()].sort((a, b) => order(a, b, 'operation', 'time', 'manager', 'apiVersion', 'subresource'));
}

function order(a: ManagedEntry, b: ManagedEntry, ...by: readonly ('operation' | 'time' | 'manager' | 'apiVersion' | 'subresource')[]): number {
  for (const name of by) {
    const [left, right] = [a[name] ?? '', b[name] ?? ''];
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}
