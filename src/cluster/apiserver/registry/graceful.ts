import { timestamp } from '../../../api/clock';
import { conflict } from '../../../api/errors';
import type { DeleteOptions, Unstructured } from '../../../api/meta';
import type { Kind, Strategy } from '../../../kinds/kind';

/** Garbage collection's own finalizers. */
const orphan = 'orphan';
const foreground = 'foregroundDeletion';

/**
 * What a delete does to an object: `remove` takes it out now, `mark` writes it back as being deleted, `wait` changes
 * nothing because its deletion is under way already. `object` is a changed copy.
 */
export interface Deletion {
  readonly action: 'remove' | 'mark' | 'wait';
  readonly object: Unstructured;
}

/** Pure. Throws Conflict for preconditions. Source: rest.BeforeDelete and Store.Delete of k8s.io/apiserver. */
export function decideDeletion(kind: Kind, old: Unstructured, options: DeleteOptions, nowMs: number): Deletion {
  assertPreconditions(kind, old, options);
  const metadata = { ...old.metadata };
  const object = { ...old, metadata };
  const grace = graceFor(kind, old, options, nowMs);
  if (grace === 'pending') return { action: 'wait', object: old };
  if (grace) Object.assign(metadata, grace.metadata);
  const finalizers = finalizersFor(kind.strategy, metadata.finalizers ?? [], options);
  if (finalizers.length) metadata.finalizers = finalizers;
  else delete metadata.finalizers;
  if (!grace) return finalizers.length ? { action: 'mark', object: marked(object, nowMs) } : { action: 'remove', object };
  return { action: finalizers.length || grace.seconds > 0 ? 'mark' : 'remove', object };
}

/** Throws Conflict. Wording: rest.BeforeDelete. */
export function assertPreconditions(resource: Pick<Kind, 'group' | 'plural'>, { metadata }: Unstructured, { preconditions }: DeleteOptions): void {
  const refuse = (what: string, wanted: string, found: string | undefined, meaning: string) =>
    conflict(resource, metadata.name, `the ${what} in the precondition (${wanted}) does not match the ${what} in record (${found}). The object might have been ${meaning}`);
  if (preconditions?.uid && preconditions.uid !== metadata.uid) throw refuse('UID', preconditions.uid, metadata.uid, 'deleted and then recreated');
  if (preconditions?.resourceVersion && preconditions.resourceVersion !== metadata.resourceVersion) {
    throw refuse('ResourceVersion', preconditions.resourceVersion, metadata.resourceVersion, 'modified');
  }
}

interface Grace {
  seconds: number;
  metadata: { deletionTimestamp: string; deletionGracePeriodSeconds: number; generation?: number };
}

/** Undefined where the kind knows no grace. A deletion under way may only be hastened. */
function graceFor({ strategy }: Kind, old: Unstructured, options: DeleteOptions, nowMs: number): Grace | 'pending' | undefined {
  const { deletionTimestamp, deletionGracePeriodSeconds: current, generation } = old.metadata;
  const seconds = strategy.gracePeriodSeconds?.(old, requestedSeconds(options));
  if (seconds === undefined) return undefined;
  if (deletionTimestamp) return hastened(deletionTimestamp, current, requestedSeconds(options));
  return {
    seconds,
    metadata: { ...deletionAt(nowMs, seconds), ...(generation !== undefined && generation > 0 && { generation: generation + 1 }) },
  };
}

function hastened(deletionTimestamp: string, current: number | undefined, requested: number | undefined): Grace | 'pending' | undefined {
  if (current === undefined) return undefined;
  if (requested === undefined || requested >= current) return 'pending';
  const begunMs = Date.parse(deletionTimestamp) - current * 1000;
  return { seconds: requested, metadata: deletionAt(begunMs, requested) };
}

const deletionAt = (fromMs: number, seconds: number) =>
  ({ deletionTimestamp: timestamp(fromMs + seconds * 1000), deletionGracePeriodSeconds: seconds });

/** Source: markAsDeleting. */
function marked(object: Unstructured, nowMs: number): Unstructured {
  const { metadata } = object;
  const { generation } = metadata;
  if (!metadata.deletionTimestamp && generation !== undefined && generation > 0) metadata.generation = generation + 1;
  metadata.deletionTimestamp ??= timestamp(nowMs);
  metadata.deletionGracePeriodSeconds ??= 0;
  return object;
}

/** An object without finalizers that has to stay for another reason. */
export const markedDeleting = (object: Unstructured, nowMs: number): Unstructured => marked({ ...object, metadata: { ...object.metadata } }, nowMs);

/** Source: deletionFinalizersForGarbageCollection. */
function finalizersFor(strategy: Strategy, current: readonly string[], options: DeleteOptions): string[] {
  const policy = policyOf(options);
  const others = current.filter((name) => name !== orphan && name !== foreground);
  const keep = (finalizer: string, meaning: string, byDefault: boolean) =>
    (policy ? policy === meaning : current.includes(finalizer) || byDefault) ? [finalizer] : [];
  return [
    ...others,
    ...keep(orphan, 'Orphan', strategy.defaultPropagation === 'Orphan' && !current.includes(foreground)),
    ...keep(foreground, 'Foreground', strategy.defaultPropagation === 'Foreground' && !current.includes(orphan)),
  ];
}

function policyOf({ propagationPolicy, orphanDependents }: DeleteOptions): string | undefined {
  if (orphanDependents !== undefined) return orphanDependents ? 'Orphan' : 'Background';
  return propagationPolicy;
}

/** Whether an update takes away the last thing that held a deletion up. Source: ShouldDeleteDuringUpdate. */
export function completesDeletion(object: Unstructured, old: Unstructured): boolean {
  return !object.metadata.finalizers?.length && old.metadata.deletionTimestamp !== undefined && old.metadata.deletionGracePeriodSeconds === 0;
}

/** Less than nothing is a second. Source: rest.BeforeDelete. */
const requestedSeconds = ({ gracePeriodSeconds: seconds }: DeleteOptions) => (seconds !== undefined && seconds < 0 ? 1 : seconds);
