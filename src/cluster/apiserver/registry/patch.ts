import { ApiError, badRequest, invalid } from '../../../api/errors';
import { inKeyOrder, normaliseStrictly, unmarshalErrors } from '../../../api/decode';
import { formatValue } from '../../../api/go/format';
import { groupVersion, type Unstructured } from '../../../api/meta';
import { isPatchError, jsonPatch, mergePatch, strategicMergePatch } from '../../../api/patch';
import { hasTypeSchema } from '../../../api/schema';
import { invalidValue } from '../../../api/validation';
import type { Kind } from '../../../kinds/kind';
import { apply, type Applying } from './apply';
import { cloneJson } from './clone';
import type { WriteContext } from './context';
import { assertType } from './scope';
import { coerced, reportProblems, reportStrictly } from './strict';
import { manyAttempts, updateEntry, type Transform, type UpdateOptions, type Updated } from './update';
import type { Registry } from './registry';
import { scopeOf } from './tracking';

export type PatchType = 'json' | 'merge' | 'strategic' | 'apply';

export interface Patch {
  readonly type: PatchType;
  /** Parsed. */
  readonly patch: unknown;
  /** What strict decoding found in it. */
  readonly problems?: readonly string[];
  /** Apply only: take fields over from other managers. */
  readonly force?: boolean;
}

const operationsMax = 10_000;

/** Throws what an update throws, and BadRequest or Invalid for a patch that does not fit. */
export function patchEntry(
  registry: Registry, kind: Kind, namespace: string | undefined, name: string, patch: Patch, options: UpdateOptions, context: WriteContext,
): Promise<Updated> {
  assertPatch(kind, patch);
  const applies = patch.type === 'apply';
  const applying = { scope: scopeOf(registry, kind, options.subresource), nowMs: registry.clock.now(), force: patch.force === true };
  const transform: Transform = (current) => patched(kind, current, patch, applying, context);
  // A subresource exists through its object alone.
  const create = applies && !options.subresource;
  return updateEntry(registry, kind, namespace, name, transform, { ...options, attempts: manyAttempts, create, isTracked: applies }, context);
}

function assertPatch(kind: Kind, { type, patch }: Patch): void {
  if (type === 'json' && Array.isArray(patch) && patch.length > operationsMax) {
    throw new ApiError('RequestEntityTooLarge', `Request entity too large: The allowed maximum operations in a JSON patch is ${operationsMax}, got ${patch.length}`);
  }
  if (type === 'strategic' && !hasTypeSchema(kind.schema)) {
    throw new ApiError('UnsupportedMediaType', 'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml');
  }
}

/** The object that the patch makes of the current one, decoded as a body would be. An apply writes down who manages what, too. */
export function patched(kind: Kind, current: Unstructured | undefined, { type, patch, problems = [] }: Patch, applying: Applying, context: WriteContext): Unstructured {
  if (type === 'apply') {
    const applied = apply(kind, current, patch as Unstructured, applying, context);
    reportRepeated(problems, context);
    return withManagers(applied, (object) => decoded(kind, object, [], () => JSON.stringify(object), context));
  }
  const work = (object: Unstructured) => decodedPatch(kind, type, object, patch, problems, context);
  return namesManagers(type, patch) ? work(current!) : withManagers(current!, work);
}

/** Wording: applyPatchToCurrentObject in k8s.io/apiserver/pkg/endpoints/handlers/patch.go. */
function reportRepeated(problems: readonly string[], context: WriteContext): void {
  if (problems.length) reportStrictly([unmarshalErrors(problems)], context, (text) => badRequest(`error strict decoding YAML: error converting YAML to JSON: ${text}`));
}

/** Managers are long, and seldom what a patch is about: they are put aside for its time. */
function withManagers(object: Unstructured, work: (object: Unstructured) => Unstructured): Unstructured {
  const { managedFields, ...metadata } = object.metadata;
  const result = work({ ...object, metadata });
  if (managedFields) (result.metadata ??= { name: '' }).managedFields = managedFields;
  return result;
}

/** A JSON patch names them by path, or their owner's. */
function namesManagers(type: Exclude<PatchType, 'apply'>, patch: unknown): boolean {
  if (type === 'json') return JSON.stringify(patch).includes('managedFields') || /"(path|from)":"(\/metadata)?"/.test(JSON.stringify(patch));
  const metadata = (patch as Partial<Unstructured> | null)?.metadata;
  return metadata !== undefined && (typeof metadata !== 'object' || metadata === null || 'managedFields' in metadata || '$patch' in metadata);
}

function decodedPatch(kind: Kind, type: Exclude<PatchType, 'apply'>, current: Unstructured, patch: unknown, problems: readonly string[], context: WriteContext): Unstructured {
  const result = merged(kind, current, type, patch);
  return decoded(kind, result, problems, type === 'strategic' ? () => formatValue(patch) : () => JSON.stringify(result), context);
}

function merged(kind: Kind, current: Unstructured, type: Exclude<PatchType, 'apply'>, patch: unknown): unknown {
  try {
    return mechanisms[type](current, patch, kind);
  } catch (error) {
    throw isPatchError(error) ? patchFailure(error) : error;
  }
}

const mechanisms: Record<Exclude<PatchType, 'apply'>, (current: Unstructured, patch: unknown, kind: Kind) => unknown> = {
  json: (current, patch) => jsonPatch(current, patch),
  merge: (current, patch) => mergePatch(current, patch),
  strategic: (current, patch, kind) => strategicMergePatch(current, patch, kind.schema),
};

/** What each code of a PatchError becomes. Source: interpretStrategicMergePatchError and NewGenericServerResponse. */
function patchFailure({ message, code }: { message: string; code: number }): ApiError {
  if (code === 400) return badRequest(message);
  if (code === 422) return new ApiError('Invalid', 'the server rejected our request due to an error in our request', {});
  return new ApiError('Unknown', message);
}

/** Wording: jsonPatcher and smpPatcher in k8s.io/apiserver/pkg/endpoints/handlers/patch.go. */
function decoded(kind: Kind, result: unknown, found: readonly string[], shown: () => string, context: WriteContext): Unstructured {
  const refuse = (why: string) => invalid({ group: '', kind: '' }, '', [invalidValue('patch', shown(), why)]);
  const value = cloneJson(result) as Unstructured;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw refuse(`couldn't get version/kind; json parse error`);
  if (value.apiVersion !== groupVersion(kind) || value.kind !== kind.kind) assertType(kind, value);
  const { object, problems } = decode(kind, value, refuse);
  reportProblems([...found, ...inKeyOrder(problems), ...coerced(kind, object, refuse)], context, refuse);
  return object;
}

function decode(kind: Kind, value: Unstructured, refuse: (why: string) => ApiError) {
  try {
    return normaliseStrictly(value, hasTypeSchema(kind.schema) ? kind.schema : undefined);
  } catch (error) {
    throw error instanceof Error && error.name === 'ApiError' ? refuse(error.message.replace(/^.* cannot be handled as a [^:]+: /, '')) : error;
  }
}
