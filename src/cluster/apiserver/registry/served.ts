import { groupVersion, type KubeObject, type Unstructured } from '../../../api/meta';
import type { Kind } from '../../../kinds/kind';
import { Entry } from '../../store';
import { without } from './clone';

const converted = new WeakMap<Entry, Map<Kind, Entry>>();

function formsOf(stored: Entry): Map<Kind, Entry> {
  let forms = converted.get(stored);
  if (!forms) converted.set(stored, (forms = new Map()));
  return forms;
}

/** A state that somebody else has to convert first: see ./conversion.ts. */
export class Unconverted extends Error {
  override readonly name = 'Unconverted';

  constructor(readonly entry: Entry) {
    super(`${entry.key} was not converted ahead`);
  }
}

export const isUnconverted = (error: unknown): error is Unconverted => error instanceof Error && error.name === 'Unconverted';

/** Whether it takes asking somebody to tell what the state is in the form of the kind. */
export const needsAsking = (kind: Kind, stored: Entry): boolean =>
  kind.conversion?.ask !== undefined && stored.object.apiVersion !== groupVersion(kind) && !formsOf(stored).has(kind);

/** A stored state in the form of the kind that is asked for; itself for nearly all kinds. Throws Unconverted. */
export function served(kind: Kind, stored: Entry): Entry {
  if (!kind.conversion) return stored;
  if (needsAsking(kind, stored)) throw new Unconverted(stored);
  return formsOf(stored).get(kind) ?? noteServed(kind, stored, stored.object);
}

/** From now on, `served` gives what `object` is. */
export function noteServed(kind: Kind, stored: Entry, object: KubeObject): Entry {
  const entry = Entry.ofObject(stored.key, stored.revision, kind.conversion!.fromStored(object) as Unstructured);
  formsOf(stored).set(kind, entry);
  return entry;
}

/** An object of the kind as it is stored, where nobody has to be asked. */
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
