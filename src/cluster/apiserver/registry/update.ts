import { conflict, internalError, invalid, isApiError, notFound, objectModified, type ApiError } from '../../../api/errors';
import { sameButTimes } from '../../../api/managed-fields';
import type { Unstructured } from '../../../api/meta';
import { invalidValue } from '../../../api/validation';
import { dropDisabledFields } from '../../../kinds/gates/drop';
import type { Kind } from '../../../kinds/kind';
import { Entry, isStoreError } from '../../store';
import { admit, whenValid } from './admit';
import { setDefaults } from './complete';
import type { WriteContext } from './context';
import { servedForm, storedForm } from './conversion';
import { createEntry } from './create';
import { completesDeletion } from './graceful';
import { objectStorageKey } from './keys';
import { countGeneration, prepareForWrite, validateWrite, type Part } from './parts';
import { nameOwnersOnce } from './owners';
import { removeEntry } from './remove';
import { hooksOf, type AdmissionRequest, type Registry } from './registry';
import { claimScope } from './scope';
import { atRevision, typed } from './served';
import { track } from './tracking';

export interface UpdateOptions {
  /** `raw`: the caller changed exactly what may change; no strategy is asked to restore the rest. */
  readonly part: Part;
  /** The subresource that admission is told of. */
  readonly subresource?: string;
  /** How often a lost race is run again; a plain PUT with a resourceVersion never is. */
  readonly attempts?: number;
  /** The transform wrote down who manages what. */
  readonly isTracked?: boolean;
  /** Admission has seen the write in another form: a Scale, a Binding. */
  readonly isAdmitted?: boolean;
  /** Whether a missing object is made. */
  readonly create?: boolean;
}

/** The new object, given the current one, which it must not change; may be called several times. */
export type Transform = (current: Unstructured | undefined) => Unstructured | Promise<Unstructured>;

/** Attempts of a patch and of an unconditional update: enough for any contention that ends. */
export const manyAttempts = 100;

export interface Updated {
  readonly entry: Entry;
  readonly created: boolean;
}

/** Read, change, compare-and-swap. Throws NotFound, Conflict, Invalid, … */
export async function updateEntry(
  registry: Registry, kind: Kind, namespace: string | undefined, name: string, transform: Transform, options: UpdateOptions, context: WriteContext,
): Promise<Updated> {
  const key = objectStorageKey(kind, namespace, name);
  for (let attempt = 1; ; attempt++) {
    const stored = registry.store.get(key);
    if (!stored) {
      if (!options.create) throw notFound(kind, name);
      return createFrom(registry, kind, namespace, name, transform, options, context);
    }
    const outcome = await attemptUpdate(registry, kind, namespace, name, stored, transform, options, context);
    if (outcome !== 'raced') return { entry: await servedForm(kind, outcome), created: false };
    if (attempt >= (options.attempts ?? 1)) throw conflict(kind, name, objectModified);
  }
}

async function createFrom(
  registry: Registry, kind: Kind, namespace: string | undefined, name: string, transform: Transform, { isTracked }: UpdateOptions, context: WriteContext,
): Promise<Updated> {
  const object = await transform(undefined);
  claimScope(kind, object, namespace, name);
  return { entry: await createEntry(registry, kind, namespace, object, context, isTracked), created: true };
}

async function attemptUpdate(
  registry: Registry, kind: Kind, namespace: string | undefined, name: string, stored: Entry, transform: Transform, options: UpdateOptions, context: WriteContext,
): Promise<Entry | 'raced'> {
  const { object: old } = await servedForm(kind, stored);
  const object = typed(kind, await transform(old));
  claimScope(kind, object, namespace, name);
  assertCurrent(kind, object, old);
  setDefaults(kind, object);
  if (!options.isTracked && options.part !== 'raw') track(registry, kind, object, old, options.subresource, context);
  const request: AdmissionRequest = {
    operation: 'UPDATE', kind, name, object, old, context, ...(namespace && { namespace }), ...(options.subresource && { subresource: options.subresource }),
  };
  if (!options.isAdmitted) await admit(registry, request);
  nameOwnersOnce(object, context, true);
  prepareForWrite(kind, object, old, options.part, { nowMs: registry.clock.now(), user: context.user });
  if (options.part === 'main' || options.part === 'status') dropDisabledFields(kind, object, old, (api) => registry.kinds.serves(api));
  const release = options.part === 'main' ? hooksOf(registry, kind).allocate?.({ registry, object, old, context }) : undefined;
  try {
    validateWrite(kind, object, old, options.part);
    if (options.part !== 'status' && options.part !== 'raw') countGeneration(kind, object, old);
    for (const warning of options.part === 'main' ? kind.strategy.warnings?.(object, old) ?? [] : []) context.warn(warning);
    const change = () => write(registry, kind, stored, object, old, context);
    const entry = options.isAdmitted ? await change() : await whenValid(registry, request, change);
    if (entry === 'raced' || context.dryRun) release?.();
    return entry;
  } catch (error) {
    release?.();
    throw error;
  }
}

/** Compare-and-swap as the client asked for it. Source: Store.Update in k8s.io/apiserver/pkg/registry/generic/registry. */
function assertCurrent(kind: Kind, { metadata }: Unstructured, { metadata: old }: Unstructured): void {
  if (metadata.uid && metadata.uid !== old.uid) {
    throw conflict(kind, old.name, `Precondition failed: UID in precondition: ${metadata.uid}, UID in object meta: ${old.uid}`);
  }
  if (!metadata.resourceVersion || metadata.resourceVersion === '0') {
    if (kind.strategy.allowUnconditionalUpdate === false) throw unspecifiedVersion(kind, old.name);
    metadata.resourceVersion = old.resourceVersion;
  }
  if (metadata.resourceVersion !== old.resourceVersion) throw conflict(kind, old.name, objectModified);
}

function unspecifiedVersion(kind: Kind, name: string): ApiError {
  const error = invalidValue('metadata.resourceVersion', 0, 'must be specified for an update');
  // Upstream prints this zero as an unsigned 64 bit integer in hexadecimal.
  return invalid(kind, name, [{ ...error, message: error.message.replace('Invalid value: 0:', 'Invalid value: 0x0:') }]);
}

async function write(registry: Registry, kind: Kind, current: Entry, object: Unstructured, old: Unstructured, { dryRun }: WriteContext): Promise<Entry | 'raced'> {
  const hooks = hooksOf(registry, kind);
  const stored = await storedForm(kind, object);
  if (completesDeletion(object, old) && !hooks.holdsDeletion?.(stored)) {
    return dryRun ? Entry.ofObject(current.key, current.revision, stored) : removeEntry(registry, kind, current, stored);
  }
  if (sameButTimes(object, old)) return current;
  if (dryRun) return Entry.ofObject(current.key, current.revision, stored);
  try {
    const entry = await registry.store.update(current.key, current.revision, (revision) => atRevision(stored, revision));
    hooks.written?.(registry, entry.object, current.object);
    return entry;
  } catch (error) {
    if (isStoreError(error, 'RevisionMismatch', 'KeyNotFound')) return 'raced';
    throw isApiError(error) ? error : asApiError(error);
  }
}

const asApiError = (error: unknown) => (isStoreError(error) ? internalError(error.message) : error);
