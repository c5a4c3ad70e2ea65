import { groupVersion, type KubeObject, type Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import type { Entry } from '../../../store';
import { readList, type List, type ListQuery, type Registry } from '../../registry';
import { partialMetadataList, tableOf } from '../../table/table';
import { encodeObject } from '../encode';
import type { Exchange, LargeBody, Reply } from '../exchange';
import { joined, JoinedBody, largeChunkBytes } from '../large-body';
import { negotiate, offerOf } from '../media-type';
import { isTrue } from '../request-info';
import { integerOf } from '../write-context';
import { includeObject } from './reply';
import type { VerbHandler } from './verb';

export const list: VerbHandler = async (exchange, { registry, kind, namespace }) =>
  replyWithList(exchange, registry, kind, await readList(registry, kind, listQuery(exchange.info.query, namespace)));

export function listQuery(query: URLSearchParams, namespace: string | undefined): ListQuery {
  const text = (name: 'labelSelector' | 'fieldSelector' | 'continue' | 'resourceVersion' | 'resourceVersionMatch') => {
    const value = query.get(name);
    return value ? { [name]: value } : {};
  };
  const limit = integerOf(query, 'limit');
  // Only a watch heeds it, but a list refuses what is none.
  integerOf(query, 'timeoutSeconds');
  return {
    ...(namespace !== undefined && { namespace }), ...(limit && limit > 0 && { limit }),
    ...(query.has('sendInitialEvents') && { sendInitialEvents: isTrue(query.get('sendInitialEvents')) }),
    ...text('labelSelector'), ...text('fieldSelector'), ...text('continue'), ...text('resourceVersion'), ...text('resourceVersionMatch'),
  };
}

const schemas = 'io.k8s.apimachinery.pkg.apis.meta.v1.';

export async function replyWithList({ request, info }: Exchange, registry: Registry, kind: Kind, { entries, metadata }: List): Promise<Reply> {
  const form = negotiate(request.headers.accept, offerOf(kind));
  const objects = () => entries.map(({ object }) => object);
  if (form.as === 'Table') {
    const table = tableOf(kind, objects(), metadata, includeObject(info.query), registry.clock.now());
    return encodeObject(table as unknown as Unstructured, undefined, '', form);
  }
  if (form.as) {
    return encodeObject(partialMetadataList(objects(), metadata) as unknown as Unstructured, undefined, `${schemas}PartialObjectMetadataList`, form);
  }
  if (form.format === 'json') return { code: 200, contentType: form.contentType, body: listBody(kind, entries, metadata) };
  const whole = { kind: listKind(kind), apiVersion: groupVersion(kind), metadata, items: objects() };
  return encodeObject(whole as unknown as Unstructured, undefined, `${kind.schema}List`, form);
}

const listKind = (kind: Kind) => kind.listKind ?? `${kind.kind}List`;

const tail = Buffer.from(']}\n');

/** The list put together from the bytes of its items, which go without their kind and apiVersion as those of Go's typed lists do; custom resources keep theirs. */
function listBody(kind: Kind, entries: readonly Entry[], metadata: KubeObject['metadata'] | List['metadata']): Buffer | LargeBody {
  const head = { kind: listKind(kind), apiVersion: groupVersion(kind), metadata };
  const prefix = Buffer.from(`{"kind":"${kind.kind}","apiVersion":"${groupVersion(kind)}",`);
  const fromOf = (bytes: Buffer) => (!kind.definition && bytes.compare(prefix, 0, prefix.length, 0, prefix.length) === 0 ? prefix.length : 0);
  const parts = entries.map(({ bytes }) => ({ bytes, from: fromOf(bytes) }));
  const body = new JoinedBody(Buffer.from(`${JSON.stringify(head).slice(0, -1)},"items":[`), parts, tail);
  return body.length > largeChunkBytes ? body : joined(body);
}
