import type { Unstructured } from '../api/meta';
import { goJson } from './print/go-json';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/** What `apply` applied the last time, undefined when it never did. */
export const lastApplied = ({ metadata }: Unstructured): string | undefined => metadata.annotations?.[lastAppliedAnnotation];

/**
 * The object as text for the annotation: without the annotation itself, keys sorted, a line break at the end.
 * `whole`: as the object is.
 */
export function configurationOf(object: Unstructured, { whole = false } = {}): string {
  return `${goJson(whole ? object : withAnnotations(object, annotationsBut(object)))}\n`;
}

/** The same of a generated object, which kubectl holds as a Go struct: fields in its order, no empty annotations. */
function typedConfigurationOf(object: Unstructured): string {
  const annotations = annotationsBut(object);
  const metadata = { ...object.metadata, annotations };
  if (!Object.keys(annotations).length) delete (metadata as Partial<typeof metadata>).annotations;
  return `${goJson({ ...object, metadata }, '', { keepOrder: true })}\n`;
}

/** The object as one that apply is about to apply, which always has annotations, without that of the last time. */
export const withoutLastApplied = (object: Unstructured): Unstructured => withAnnotations(object, annotationsBut(object));

/** The object with its own text as annotation: what the next apply will call the original. */
export function withLastApplied(object: Unstructured): Unstructured {
  return withAnnotations(object, { ...annotationsBut(object), [lastAppliedAnnotation]: configurationOf(object) });
}

/** `withSavedConfig` of a generated object. */
export function withTypedConfig(object: Unstructured, save: boolean): Unstructured {
  if (!save && !lastApplied(object)) return object;
  return withAnnotations(object, { ...annotationsBut(object), [lastAppliedAnnotation]: typedConfigurationOf(object) });
}

/** The object as it goes to the server: annotated when `save` asks for it, or when it was before. After util.CreateOrUpdateAnnotation. */
export function withSavedConfig(object: Unstructured, save: boolean): Unstructured {
  return save || lastApplied(object) ? withLastApplied(object) : object;
}

function annotationsBut({ metadata }: Unstructured): Record<string, string> {
  const others = { ...metadata.annotations };
  delete others[lastAppliedAnnotation];
  return others;
}

const withAnnotations = (object: Unstructured, annotations: Record<string, string>): Unstructured => ({ ...object, metadata: { ...object.metadata, annotations } });
