import { deepEqual } from '../../../api/equal';
import type { FieldError } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { nameIsPathSegment, validateObjectMeta, validateObjectMetaUpdate } from '../../../api/validation';
import type { Kind, ObjectPart, StrategyContext } from '../../../kinds/kind';
import { cloneJson } from './clone';
import { generationOf, refuseInvalid } from './complete';

/** What part of the object a write may change. */
export type Part = 'main' | 'status' | 'finalize' | 'raw' | ObjectPart;

interface PartRules {
  /** Restores what a write of the part may not change. */
  prepare(kind: Kind, object: Unstructured, old: Unstructured, context: StrategyContext): void;
  validate(kind: Kind, object: Unstructured, old: Unstructured): FieldError[];
}

const partRules: Record<Part, PartRules> = {
  main: {
    prepare(kind, object, old, context) {
      if (kind.subresources?.includes('status')) copyField(object, old, 'status');
      kind.strategy.prepareForUpdate?.(object, old, context);
    },
    validate: ({ strategy }, object, old) => [...(strategy.validate?.(object, old) ?? []), ...(strategy.validateUpdate?.(object, old) ?? [])],
  },
  status: {
    prepare(kind, object, old, context) {
      for (const field of new Set([...Object.keys(old), ...Object.keys(object)])) {
        // Shared: nothing changes them from here on.
        if (field !== 'status' && field !== 'metadata') takeField(object, old, field);
      }
      kind.strategy.prepareForStatusUpdate?.(object, old, context);
    },
    validate: ({ strategy }, object, old) => strategy.validateStatusUpdate?.(object, old) ?? [],
  },
  finalize: { prepare: (_kind, object, old) => copyField(object, old, 'status'), validate: ({ strategy }, object) => strategy.validateFinalize?.(object) ?? [] },
  raw: { prepare: () => undefined, validate: () => [] },
  ephemeralcontainers: ofStrategy('ephemeralcontainers'),
  resize: ofStrategy('resize'),
};

function ofStrategy(part: ObjectPart): PartRules {
  return {
    prepare({ strategy }, object, old) {
      keepMetadata(object, old);
      strategy.parts?.[part]?.prepareForUpdate(object, old);
    },
    validate: ({ strategy }, object, old) => strategy.parts?.[part]?.validateUpdate(object, old) ?? [],
  };
}

const resetMetadata = ['labels', 'annotations', 'finalizers', 'ownerReferences'] as const;

/** Source: ResetObjectMetaForStatus. */
function keepMetadata({ metadata }: Unstructured, { metadata: old }: Unstructured): void {
  for (const field of resetMetadata) {
    delete metadata[field];
    if (old[field] !== undefined) Object.assign(metadata, { [field]: cloneJson(old[field]) });
  }
}

function takeField(object: Unstructured, old: Unstructured, field: string): void {
  if (old[field] === undefined) delete object[field];
  else object[field] = old[field];
}

function copyField(object: Unstructured, old: Unstructured, field: string): void {
  takeField(object, old, field);
  if (object[field] !== undefined) object[field] = cloneJson(object[field]);
}

/** Restores what this write may not change. Source: rest.BeforeUpdate and the strategies of subresources. */
export function prepareForWrite(kind: Kind, object: Unstructured, old: Unstructured, part: Part, context: StrategyContext): void {
  const { metadata } = object;
  delete metadata.selfLink;
  if (old.metadata.generation === undefined) delete metadata.generation;
  else metadata.generation = old.metadata.generation;
  partRules[part].prepare(kind, object, old, context);
  metadata.uid ||= old.metadata.uid;
  metadata.creationTimestamp = old.metadata.creationTimestamp;
  if (old.metadata.deletionTimestamp) metadata.deletionTimestamp = old.metadata.deletionTimestamp;
  if (old.metadata.deletionGracePeriodSeconds !== undefined) metadata.deletionGracePeriodSeconds ??= old.metadata.deletionGracePeriodSeconds;
}

/** Throws Invalid with all that is wrong, each once. */
export function validateWrite(kind: Kind, object: Unstructured, old: Unstructured, part: Part): void {
  if (part === 'raw') return;
  const { metadata } = object;
  refuseInvalid(kind, metadata.name, [
    ...validateObjectMeta(metadata, kind.namespaced, nameIsPathSegment),
    ...validateObjectMetaUpdate(metadata, old.metadata),
    ...partRules[part].validate(kind, object, old),
  ].filter((error, at, all) => all.findIndex(({ field, message }) => field === error.field && message === error.message) === at));
}

export function countGeneration(kind: Kind, object: Unstructured, old: Unstructured): void {
  const { generation } = old.metadata;
  if (generation === undefined) return;
  const now = generationOf(kind, object);
  object.metadata.generation = deepEqual(now, generationOf(kind, old)) ? generation : generation + 1;
}
