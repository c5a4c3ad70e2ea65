import { normalisedCopy } from '../../../api/decode';
import type { KubeObject, Unstructured } from '../../../api/meta';
import { hasTypeSchema } from '../../../api/schema';
import type { Kind } from '../../../kinds/kind';
import { cloneJson } from './clone';

type Decodable = Pick<Kind, 'schema' | 'coerce'>;

/** A copy of an object that came without a body, in the form that decoding one would give. */
export function decodedCopy({ schema, coerce }: Decodable, object: KubeObject): Unstructured {
  const { managedFields } = object.metadata ?? {};
  const bare = managedFields ? { ...object, metadata: { ...object.metadata, managedFields: undefined } } : object;
  const decoded = hasTypeSchema(schema) ? normalisedCopy(bare, schema) : cloneJson(bare) as Unstructured;
  coerce?.(decoded);
  // As it came: it is what the server handed out, nearly always, and is shared.
  if (managedFields) decoded.metadata.managedFields = managedFields;
  return decoded;
}

/**
 * The same for an object that takes the place of `stored`: a spec that is the stored one itself has been decoded before.
 * `keepsSpec`: the write does not change it, so that it need not even be copied.
 */
export function decodedChange(kind: Decodable, object: KubeObject, stored: KubeObject | undefined, keepsSpec = false): Unstructured {
  const { spec } = object as Unstructured;
  if (!isShared(spec, (stored as Unstructured | undefined)?.spec)) return decodedCopy(kind, object);
  const decoded = decodedCopy(kind, { ...object, spec: undefined } as KubeObject);
  // Its place among the others is known only where a spec is written even when it is empty.
  return 'spec' in decoded ? Object.assign(decoded, { spec: keepsSpec ? spec : cloneJson(spec) }) : decodedCopy(kind, object);
}

const isShared = (spec: unknown, stored: unknown): spec is object => spec === stored && typeof spec === 'object' && spec !== null;
