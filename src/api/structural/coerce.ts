import { isApiError } from '../errors';
import { normaliseStrictly } from '../decode';
import { dropNulls } from './defaults';
import { prune } from './prune';
import { below, isMembers, memberOf, type Members, type Schema } from './schema';

const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta';

/** Metadata that is none. */
export class MetadataError extends Error {
  override readonly name = 'MetadataError';
}

/**
 * Does to an object, in place, what decoding into a Go struct would: unknown fields vanish, metadata takes its one form,
 * its own and that of embedded objects. Returns the paths of unknown fields. Throws MetadataError.
 * Source: unstructuredSchemaCoercer.apply.
 */
export function coerce(object: Members, schema: Schema): string[] {
  const unknown = coerceMetadata(object, '');
  unknown.push(...prune(object, schema));
  dropNulls(object, { ...schema, properties: { ...schema.properties, metadata: {} } });
  coerceEmbedded(object, schema, '', unknown);
  return unknown;
}

function coerceEmbedded(value: unknown, schema: Schema | undefined, path: string, unknown: string[]): void {
  if (!schema) return;
  if (Array.isArray(value)) return value.forEach((item, at) => coerceEmbedded(item, schema.items, `${path}[${at}]`, unknown));
  if (!isMembers(value)) return;
  if (path && schema['x-kubernetes-embedded-resource']) unknown.push(...coerceMetadata(value, path));
  for (const name of Object.keys(value)) coerceEmbedded(value[name], memberOf(schema, name), below(path, name), unknown);
}

function coerceMetadata(object: Members, path: string): string[] {
  const { metadata } = object;
  if (metadata === undefined) return [];
  try {
    const { managedFields, ...rest } = metadata as Members;
    const { object: coerced, problems } = normaliseStrictly(isMembers(metadata) ? rest : metadata, objectMeta);
    object.metadata = managedFields === undefined || managedFields === null ? coerced : { ...coerced, managedFields };
    return problems.map((problem) => /^unknown field "(.*)"$/.exec(problem)?.[1]).filter((field) => field !== undefined).map((field) => `${below(path, 'metadata')}.${field}`);
  } catch (error) {
    throw isApiError(error) ? new MetadataError(error.message.replace(/^.* cannot be handled as a [^:]+: /, '')) : error;
  }
}
