import { badRequest } from '../../../../api/errors';
import { decodeObject } from '../../../../api/decode';
import { hasTypeSchema } from '../../../../api/schema';
import { groupVersion, type Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import { coerced, reportProblems } from '../../registry/strict';
import { assertType } from '../../registry/scope';
import type { WriteContext } from '../../registry';
import type { SubresourceType } from '../../registry/subresources';
import { readBody } from '../body';
import type { Exchange } from '../exchange';
import { bodyFormat } from '../media-type';

type Target = Pick<Kind, 'group' | 'version' | 'kind' | 'schema' | 'coerce'> & Pick<SubresourceType, 'otherVersions'>;

/** The object in a request's body. Throws BadRequest, UnsupportedMediaType, RequestEntityTooLarge. */
export async function decodeBody({ request, audit }: Exchange, type: Target, context: WriteContext): Promise<Unstructured> {
  const format = bodyFormat(request.headers['content-type']);
  const { object, problems } = await decodeObject(await readBody(request), format, hasTypeSchema(type.schema) ? type.schema : undefined);
  audit?.requested(object);
  if (type.otherVersions?.some((version) => object.apiVersion === groupVersion({ ...type, version }))) object.apiVersion = groupVersion(type);
  assertType(type as Kind, object);
  const refuse = (text: string) => badRequest(`${object.kind ?? type.kind} in version "${type.version}" cannot be handled as a ${type.kind}: ${text}`);
  reportProblems([...problems, ...coerced(type, object, refuse)], context, refuse);
  object.metadata ??= { name: '' };
  return object;
}
