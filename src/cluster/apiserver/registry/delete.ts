import { conflict, invalid, notFound, objectModified } from '../../../api/errors';
import { deepEqual } from '../../../api/equal';
import type { DeleteOptions, Unstructured } from '../../../api/meta';
import { invalidValue, notSupportedInOrder } from '../../../api/validation';
import type { Kind } from '../../../kinds/kind';
import { Entry, isStoreError } from '../../store';
import { admitWhole } from './admit';
import type { WriteContext } from './context';
import { servedForm } from './conversion';
import { decideDeletion, markedDeleting, type Deletion } from './graceful';
import { objectStorageKey } from './keys';
import { hooksOf, type Registry } from './registry';
import { removeEntry } from './remove';
import { atRevision } from './served';
import { manyAttempts } from './update';

export interface Deleted {
  readonly entry: Entry;
  /** False while finalizers or a grace period hold it. */
  readonly removed: boolean;
}

/** `isAdmitted`: admission has seen it in another form, an Eviction. Throws NotFound, Conflict (preconditions), Invalid (options), Forbidden. */
export async function deleteEntry(
  registry: Registry, kind: Kind, namespace: string | undefined, name: string, options: DeleteOptions, context: WriteContext, isAdmitted = false,
): Promise<Deleted> {
  validateDeleteOptions(options);
  const key = objectStorageKey(kind, namespace, name);
  const stored = registry.store.get(key);
  if (!stored) throw notFound(kind, name);
  const { object: old } = await servedForm(kind, stored);
  if (!isAdmitted) await admitWhole(registry, { operation: 'DELETE', kind, name, old, context, ...(namespace && { namespace }) });
  for (let attempt = 0; attempt < manyAttempts; attempt++) {
    const current = registry.store.get(key);
    if (!current) throw notFound(kind, name);
    const outcome = await attemptDelete(registry, kind, current, options, context);
    if (outcome !== 'raced') return { ...outcome, entry: await servedForm(kind, outcome.entry) };
  }
  throw conflict(kind, name, objectModified);
}

async function attemptDelete(registry: Registry, kind: Kind, current: Entry, options: DeleteOptions, { dryRun }: WriteContext): Promise<Deleted | 'raced'> {
  const { action, object } = held(registry, kind, decideDeletion(kind, current.object, options, registry.clock.now()));
  if (action === 'wait') return { entry: current, removed: false };
  if (dryRun) return { entry: Entry.ofObject(current.key, current.revision, object), removed: action === 'remove' };
  if (action === 'remove') {
    const entry = await removeEntry(registry, kind, current, object);
    return entry === 'raced' ? 'raced' : { entry, removed: true };
  }
  if (deepEqual(object, current.object)) return { entry: current, removed: false };
  return mark(registry, kind, current, object);
}

async function mark(registry: Registry, kind: Kind, current: Entry, object: Unstructured): Promise<Deleted | 'raced'> {
  try {
    const entry = await registry.store.update(current.key, current.revision, (revision) => atRevision(object, revision));
    hooksOf(registry, kind).written?.(registry, entry.object, current.object);
    return { entry, removed: false };
  } catch (error) {
    if (isStoreError(error, 'RevisionMismatch', 'KeyNotFound')) return 'raced';
    throw error;
  }
}

/** Some kinds stay for reasons of their own. */
function held(registry: Registry, kind: Kind, deletion: Deletion): Deletion {
  const hooks = hooksOf(registry, kind);
  if (deletion.action === 'wait') return deletion;
  const stays = deletion.action === 'remove' && hooks.holdsDeletion?.(deletion.object);
  const object = stays ? markedDeleting(deletion.object, registry.clock.now()) : deletion.object;
  hooks.deleting?.(object);
  return { action: stays ? 'mark' : deletion.action, object };
}

/** Throws Invalid. Source: ValidateDeleteOptions in k8s.io/apimachinery/pkg/apis/meta/v1/validation. */
export function validateDeleteOptions({ orphanDependents, propagationPolicy: policy }: DeleteOptions): void {
  const errors = [
    ...(orphanDependents !== undefined && policy ? [invalidValue('propagationPolicy', policy, 'orphanDependents and deletionPropagation cannot be both set')] : []),
    ...(policy && !policies.includes(policy) ? [notSupportedInOrder('propagationPolicy', policy, [...policies, 'nil'])] : []),
  ];
  if (errors.length) throw invalid({ group: 'meta.k8s.io', kind: 'DeleteOptions' }, '', errors);
}

const policies = ['Foreground', 'Background', 'Orphan'];
