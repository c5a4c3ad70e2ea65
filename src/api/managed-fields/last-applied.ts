import { marshalJson } from '../go/json';
import type { Unstructured } from '../meta';
import { compare } from './compare';
import type { Conflict } from './conflict';
import { fieldsIn } from './extract';
import { difference, emptySet, hasPath, type FieldSet } from './field-set';
import type { FieldScope } from './scope';
import { mismatches } from './validate';

const annotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** Of all annotations together. Source: TotalAnnotationSizeLimitB. */
const annotationsBytesMax = 256 * 1024;

const lastAppliedOf = ({ metadata }: Unstructured): string | undefined => metadata?.annotations?.[annotation];

/** The conflicts that are left when what client-side apply had put there, unchanged since, is kubectl's own. */
export function settledByLastApplied(scope: FieldScope, live: Unstructured, conflicts: readonly Conflict[]): readonly Conflict[] {
  const own = stillAsApplied(scope, live);
  return own ? conflicts.filter(({ path }) => !hasPath(own, path)) : conflicts;
}

/** Source: allowedConflictsFromLastApplied. */
function stillAsApplied(scope: FieldScope, live: Unstructured): FieldSet | undefined {
  const last = parsed(lastAppliedOf(live));
  if (last?.apiVersion !== scope.apiVersion || mismatches(scope.type, last).length) return undefined;
  const { written, removed } = compare(scope.type, last, live, emptySet);
  return difference(difference(fieldsIn(scope.type, last), written), removed);
}

function parsed(text: string | undefined): Unstructured | undefined {
  try {
    return text ? JSON.parse(text) as Unstructured : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the annotation of client-side apply, where there is one, up to date with what kubectl applies. Source: lastAppliedUpdater. */
export function refreshLastApplied(object: Unstructured, config: Unstructured): Unstructured {
  if (!lastAppliedOf(object)) return object;
  const annotations = { ...object.metadata.annotations, [annotation]: `${marshalJson(withoutAnnotation(config))}\n` };
  const bytes = Object.entries(annotations).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value), 0);
  if (bytes > annotationsBytesMax) delete (annotations as Record<string, string>)[annotation];
  return { ...object, metadata: { ...object.metadata, annotations } };
}

function withoutAnnotation(config: Unstructured): Unstructured {
  if (!config.metadata.annotations) return config;
  const { [annotation]: _, ...annotations } = config.metadata.annotations;
  return { ...config, metadata: { ...config.metadata, annotations } };
}
