import { timestamp } from '../../../api/clock';
import { alreadyExists, ApiError, isReason, qualifiedResource } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { nameIsPathSegment, validateObjectMeta } from '../../../api/validation';
import { dropDisabledFields } from '../../../kinds/gates/drop';
import type { Kind } from '../../../kinds/kind';
import { Entry, isStoreError } from '../../store';
import { admit, validateAdmission, whenValid } from './admit';
import { generationOf, refuseInvalid, setDefaults } from './complete';
import type { WriteContext } from './context';
import { servedForm, storedForm } from './conversion';
import { cloneObject } from './clone';
import { objectStorageKey } from './keys';
import { generatedName, uuid } from './names';
import { nameOwnersOnce } from './owners';
import { hooksOf, type AdmissionRequest, type Hooks, type Registry } from './registry';
import { claimScope } from './scope';
import { atRevision, typed } from './served';
import { track } from './tracking';

/** How often a generated name that is taken is replaced by another. */
const generateAttempts = 8;

/** The object is taken over and changed. `isTracked`: its managers are written down already. Throws AlreadyExists, Invalid, Forbidden, … */
export async function createEntry(
  registry: Registry, kind: Kind, namespace: string | undefined, given: Unstructured, context: WriteContext, isTracked = false,
): Promise<Entry> {
  const hooks = hooksOf(registry, kind);
  const isStored = !hooks.answer && !hooks.take;
  if (!hooks.answer) claimScope(kind, given, namespace);
  const object = typed(kind, given);
  if (isStored) setDefaults(kind, object);
  nameOwnersOnce(object, context, false);
  if (isStored && !isTracked) track(registry, kind, object, undefined, undefined, context);
  const request: AdmissionRequest = { operation: 'CREATE', kind, name: object.metadata.name ?? '', object, context, ...(namespace && { namespace }) };
  await admit(registry, request);
  nameOwnersOnce(object, context, true);
  if (!isStored) return answered(registry, request, hooks);
  return object.metadata.name || !object.metadata.generateName ? createOnce(registry, request) : createNamed(registry, request, object);
}

/** What is answered instead of being stored. */
async function answered(registry: Registry, request: AdmissionRequest, { answer, take }: Hooks): Promise<Entry> {
  const { kind, object, context, namespace } = request;
  await validateAdmission(registry, request);
  if (take) return Entry.ofObject('', 0, await take(registry, namespace, object!, context));
  return Entry.ofObject('', 0, typed(kind, { metadata: { creationTimestamp: null }, ...answer!(object!, context, namespace) } as unknown as Unstructured));
}

/** Under a generated name, and another one where that is taken. */
async function createNamed(registry: Registry, request: AdmissionRequest, object: Unstructured): Promise<Entry> {
  const { kind } = request;
  for (let attempt = 1; ; attempt++) {
    const name = generatedName(object.metadata.generateName!, registry.random);
    const candidate = cloneObject({ ...object, metadata: { ...object.metadata, name } });
    try {
      return await createOnce(registry, { ...request, object: candidate, name });
    } catch (error) {
      if (!isReason(error, 'AlreadyExists')) throw error;
      if (attempt === generateAttempts) throw generateConflict(kind, name);
    }
  }
}

/** Wording: NewGenerateNameConflict. */
const generateConflict = (kind: Kind, name: string) =>
  new ApiError('AlreadyExists', `${qualifiedResource(kind)} "${name}" already exists, the server was not able to generate a unique name for the object`,
    { name, ...(kind.group && { group: kind.group }), kind: kind.plural, retryAfterSeconds: 1 });

async function createOnce(registry: Registry, request: AdmissionRequest): Promise<Entry> {
  const { kind, context } = request;
  const object = request.object!;
  fillMetadata(registry, object);
  kind.strategy.prepareForCreate?.(object, { nowMs: registry.clock.now(), user: context.user });
  dropDisabledFields(kind, object, undefined, (api) => registry.kinds.serves(api));
  if (generationOf(kind, object) !== undefined) object.metadata.generation = 1;
  const release = hooksOf(registry, kind).allocate?.({ registry, object, old: undefined, context });
  try {
    validate(kind, object);
    warn(kind, object, context);
    const stored = await whenValid(registry, request, () => store(registry, kind, object, context));
    if (context.dryRun) release?.();
    return await servedForm(kind, stored);
  } catch (error) {
    release?.();
    throw error;
  }
}

/** Source: FillObjectMetaSystemFields and BeforeCreate. */
function fillMetadata({ clock, random }: Registry, { metadata }: Unstructured): void {
  delete metadata.selfLink;
  delete metadata.deletionTimestamp;
  delete metadata.deletionGracePeriodSeconds;
  delete metadata.generation;
  metadata.creationTimestamp = timestamp(clock.now());
  metadata.uid = uuid(random);
  // For what validates it: no object without a name is stored.
  metadata.name ??= '';
}

/** Source of the order: rest.BeforeCreate. */
function validate(kind: Kind, object: Unstructured): void {
  const { metadata } = object;
  refuseInvalid(kind, metadata.name, kind.strategy.validate?.(object) ?? []);
  refuseInvalid(kind, metadata.name, validateObjectMeta(metadata, kind.namespaced, nameIsPathSegment));
}

function warn(kind: Kind, object: Unstructured, context: WriteContext): void {
  if (kind.unenforced) context.warn(`${kind.kind} is stored, but this version of knarr does not act on it`);
  for (const warning of kind.strategy.warnings?.(object) ?? []) context.warn(warning);
}

/** Wording: ErrResourceVersionSetOnCreate in k8s.io/apiserver/pkg/storage. */
const versionSetOnCreate = 'resourceVersion should not be set on objects to be created';

async function store(registry: Registry, kind: Kind, object: Unstructured, { dryRun }: WriteContext): Promise<Entry> {
  const { name, namespace } = object.metadata;
  const key = objectStorageKey(kind, namespace, name);
  const stored = await storedForm(kind, object);
  if (dryRun) {
    if (registry.store.get(key)) throw taken(registry, kind, key, name);
    return Entry.ofObject(key, 0, stored);
  }
  if (Number(object.metadata.resourceVersion) > 0) throw new ApiError('Unknown', versionSetOnCreate);
  try {
    const entry = await registry.store.create(key, (revision) => atRevision(stored, revision));
    hooksOf(registry, kind).written?.(registry, entry.object, undefined);
    return entry;
  } catch (error) {
    throw isStoreError(error, 'KeyExists') ? taken(registry, kind, key, name) : error;
  }
}

/** Wording: Store.Create in k8s.io/apiserver/pkg/registry/generic/registry. */
function taken({ store: entries }: Registry, kind: Kind, key: string, name: string): ApiError {
  const error = alreadyExists(kind, name);
  if (entries.get(key)?.object.metadata.deletionTimestamp) error.message = error.status.message = `object is being deleted: ${error.message}`;
  return error;
}
