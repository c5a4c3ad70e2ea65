import { groupVersion, type KubeObject, type Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { Entry } from '../../store';
import { without } from './clone';

const converted = new WeakMap<Entry, Map<Kind, Entry>>();

/** A stored state in the form of the kind that is asked for; itself for nearly all kinds. */
export function served(kind: Kind, stored: Entry): Entry {
  if (!kind.conversion) return stored;
  let forms = converted.get(stored);
  if (!forms) converted.set(stored, (forms = new Map()));
  let entry = forms.get(kind);
  if (!entry) forms.set(kind, (entry = Entry.ofObject(stored.key, stored.revision, kind.conversion.fromStored(stored.object) as Unstructured)));
  return entry;
}

/** An object of the kind as it is stored. */
export function toStored(kind: Kind, object: Unstructured): Unstructured {
  return (kind.conversion?.toStored(object) as Unstructured | undefined) ?? object;
}

export function typed(kind: Kind, object: Unstructured): Unstructured {
  return { kind: kind.kind, apiVersion: groupVersion(kind), ...(without(object, 'kind', 'apiVersion') as Unstructured) };
}

const metaOrder = ['name', 'generateName', 'namespace', 'uid', 'resourceVersion', 'generation', 'creationTimestamp', 'deletionTimestamp',
  'deletionGracePeriodSeconds', 'labels', 'annotations', 'ownerReferences', 'finalizers', 'managedFields'] as const;

/** The state of a new revision. Fields of metadata stand in the order of Go's ObjectMeta, as every client is used to. */
export function atRevision(object: Unstructured, revision: number): Unstructured {
  const metadata: Record<string, unknown> = {};
  const from = { ...object.metadata, resourceVersion: String(revision) } as unknown as Record<string, unknown>;
  for (const field of metaOrder) if (from[field] !== undefined) metadata[field] = from[field];
  return { ...object, metadata: metadata as unknown as KubeObject['metadata'] };
}
