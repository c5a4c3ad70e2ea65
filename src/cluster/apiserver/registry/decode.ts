import { normalise } from '../../../api/decode';
import type { KubeObject, Unstructured } from '../../../api/meta';
import { hasTypeSchema } from '../../../api/schema';
import type { Kind } from '../../../kinds/kind';
import { cloneJson } from './clone';

/** A copy of an object that came without a body, in the form that decoding one would give. */
export function decodedCopy({ schema, coerce }: Pick<Kind, 'schema' | 'coerce'>, object: KubeObject): Unstructured {
  const { managedFields } = object.metadata ?? {};
  const copy = cloneJson(managedFields ? { ...object, metadata: { ...object.metadata, managedFields: undefined } } : object) as Unstructured;
  const decoded = hasTypeSchema(schema) ? normalise(copy, schema) : copy;
  coerce?.(decoded);
  // As it came: it is what the server handed out, nearly always, and is shared.
  if (managedFields) decoded.metadata.managedFields = managedFields;
  return decoded;
}
