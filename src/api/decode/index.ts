import { decodeProtobuf } from '../protobuf';
import { decodeJson } from './json-body';
import type { Decoded } from './normalise';
import { decodeYaml } from './yaml-body';

export { decodeApply, decodePatch, type DecodedPatch } from './patch-body';
export { unmarshalErrors } from './yaml-body';
export { inKeyOrder } from './problems';
export { normalise, normalisedCopy, normaliseStrictly, type Decoded } from './normalise';

export type MediaType = 'json' | 'yaml' | 'protobuf';

const decoders: Record<MediaType, (body: Buffer, key?: string) => Decoded> = {
  json: decodeJson,
  yaml: decodeYaml,
  protobuf: (body, key) => ({ object: decodeProtobuf(body, key).object, problems: [] }),
};

/**
 * The object of a request body. Throws BadRequest for what the media type or the type `key` cannot hold.
 * Without a key (custom resources) everything is kept.
 */
export const decodeObject = (body: Buffer, mediaType: MediaType, key?: string): Decoded => decoders[mediaType](body, key);
