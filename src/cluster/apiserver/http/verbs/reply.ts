import type { Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import type { Entry } from '../../../store';
import type { Registry } from '../../registry';
import { partialMetadata, tableOf, type IncludeObject } from '../../table/table';
import { encodeObject } from '../encode';
import type { Exchange, Reply } from '../exchange';
import { negotiate, offerOf, plainOffer } from '../media-type';

/** One object of a kind, in the form that the client asked for. */
export async function replyWith({ request, info }: Exchange, registry: Registry, kind: Kind, entry: Entry, code = 200): Promise<Reply> {
  const form = negotiate(request.headers.accept, offerOf(kind));
  if (!form.as) return encodeObject(entry.object, form.format === 'json' ? entry.line : undefined, kind.schema, form, code);
  const { object } = entry;
  const shown = form.as === 'Table'
    ? tableOf(kind, [object], { resourceVersion: object.metadata.resourceVersion! }, includeObject(info.query), registry.clock.now())
    : partialMetadata(object);
  return encodeObject(shown as unknown as Unstructured, undefined, 'io.k8s.apimachinery.pkg.apis.meta.v1.PartialObjectMetadata', form, code);
}

/** An object that is not of a served kind (Status, Scale). */
export function replyWithObject({ request }: Exchange, object: Unstructured, schema: string, code = 200): Promise<Reply> {
  return encodeObject(object, undefined, schema, negotiate(request.headers.accept, plainOffer), code);
}

/** The schema of what is answered: a Status may come where an object of `schema` was asked for. */
export const schemaOf = (object: Unstructured, schema: string) => (object.kind === 'Status' ? 'io.k8s.apimachinery.pkg.apis.meta.v1.Status' : schema);

export function includeObject(query: URLSearchParams): IncludeObject {
  const wanted = query.get('includeObject');
  return wanted === 'None' || wanted === 'Object' ? wanted : 'Metadata';
}
