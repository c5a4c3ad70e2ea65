import type { ApiError } from '../../../../api/errors';
import { groupVersion, type Unstructured } from '../../../../api/meta';
import type { Kind } from '../../../../kinds/kind';
import type { StoreEvent } from '../../../store';
import type { ServedEvent } from '../../registry';
import { partialMetadata, tableOf, type IncludeObject } from '../../table/table';
import { mediaTypes, type Negotiated } from '../media-type';
import { statusObject } from '../status';

/** The frames of a watch in one format. */
export interface WatchEncoder {
  readonly contentType: string;
  event(event: ServedEvent): Buffer;
  bookmark(revision: number, endsInitialEvents: boolean): Buffer;
  error(error: ApiError): Buffer;
}

export async function watchEncoder(kind: Kind, form: Negotiated, include: IncludeObject, now: () => number): Promise<WatchEncoder> {
  if (form.as === 'Table') return tableEncoder(kind, include, now);
  if (form.format === 'protobuf') return protobufEncoder(kind, form.as ? partialMetadata : undefined);
  return form.as ? jsonEncoder(kind, partialMetadata) : jsonEncoder(kind);
}

const bookmarkObject = (kind: Kind, revision: number, endsInitialEvents: boolean): Unstructured => ({
  kind: kind.kind,
  apiVersion: groupVersion(kind),
  metadata: {
    name: undefined as never, resourceVersion: String(revision), creationTimestamp: null as never,
    ...(endsInitialEvents && { annotations: { 'k8s.io/initial-events-end': 'true' } }),
  },
});

type Show = (object: Unstructured) => object;
const line = (type: string, object: string) => Buffer.from(`{"type":"${type}","object":${object}}\n`);

function jsonEncoder(kind: Kind, show?: Show): WatchEncoder {
  const frame = (type: string, object: Unstructured) => line(type, JSON.stringify(show?.(object) ?? object));
  return {
    contentType: mediaTypes.json,
    event: (event) => (show ? frame(event.type, event.entry.object) : sharedFrame(kind, event)),
    bookmark: (revision, ends) => frame('BOOKMARK', bookmarkObject(kind, revision, ends)),
    error: (error) => line('ERROR', JSON.stringify(statusObject(error))),
  };
}

const frames = new WeakMap<StoreEvent, { type: string; kind: Kind; frame: Buffer }>();

/** Watches that show an event alike share its bytes. */
function sharedFrame(kind: Kind, { type, entry, source }: ServedEvent): Buffer {
  const known = source && frames.get(source);
  if (known && known.type === type && known.kind === kind) return known.frame;
  const frame = Buffer.concat([Buffer.from(`{"type":"${type}","object":`), entry.bytes, closing]);
  if (source) frames.set(source, { type, kind, frame });
  return frame;
}

const closing = Buffer.from('}\n');

function tableEncoder(kind: Kind, include: IncludeObject, now: () => number): WatchEncoder {
  let first = true;
  const frame = (type: string, object: Unstructured) => {
    const table = tableOf(kind, [object], { resourceVersion: object.metadata.resourceVersion! }, include, now(), first);
    first = false;
    return line(type, JSON.stringify(table));
  };
  return {
    contentType: mediaTypes.json,
    event: ({ type, entry }) => frame(type, entry.object),
    bookmark: (revision, ends) => frame('BOOKMARK', bookmarkObject(kind, revision, ends)),
    error: (error) => line('ERROR', JSON.stringify(statusObject(error))),
  };
}

const metaSchemas = 'io.k8s.apimachinery.pkg.apis.meta.v1.';

/** Frames are length-prefixed WatchEvent messages, whose object is in the k8s envelope. */
async function protobufEncoder(kind: Kind, show: Show | undefined): Promise<WatchEncoder> {
  const { encodeProtobuf, encodeWatchEvent } = await import('../../../../api/protobuf');
  const schema = show ? `${metaSchemas}PartialObjectMetadata` : kind.schema;
  const frame = (type: string, object: Unstructured) => encodeWatchEvent(type, encodeProtobuf((show?.(object) ?? object) as Unstructured, schema));
  return {
    contentType: `${mediaTypes.protobuf};stream=watch`,
    event: ({ type, entry }) => frame(type, entry.object),
    bookmark: (revision, ends) => frame('BOOKMARK', bookmarkObject(kind, revision, ends)),
    error: (error) => encodeWatchEvent('ERROR', encodeProtobuf(statusObject(error) as Unstructured, `${metaSchemas}Status`)),
  };
}
