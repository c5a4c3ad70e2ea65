export { decodeProtobuf, encodeProtobuf, type DecodedProtobuf } from './envelope';
export { decodeWatchEvents, encodeWatchEvent } from './watch';
export { schemaKeyOf } from '../schema/keys';
