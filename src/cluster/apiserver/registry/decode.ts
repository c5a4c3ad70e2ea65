import { normalise } from '../../../api/decode';
import type { KubeObject, Unstructured } from '../../../api/meta';
import { hasTypeSchema } from '../../../api/schema';
import { cloneJson } from './clone';

/** A copy of an object that came without a body, in the form that decoding one would give. */
export function decodedCopy(schema: string, object: KubeObject): Unstructured {
  const copy = cloneJson(object) as Unstructured;
  return hasTypeSchema(schema) ? normalise(copy, schema) : copy;
}
