import { ProtobufError } from './reader';

/** Four bytes in front of every Kubernetes protobuf body. */
export const magic = Buffer.from('k8s\0');

let decodeNested: ((body: Buffer) => unknown) | undefined;

/** The envelope registers itself here: a raw extension may hold an enveloped object, and the two would import each other. */
export function onEnvelope(decode: (body: Buffer) => unknown): void {
  decodeNested = decode;
}

/** The object within a RawExtension: JSON, or an enveloped protobuf. */
export function decodeRaw(bytes: Buffer): unknown {
  if (bytes.subarray(0, magic.length).equals(magic) && decodeNested) return decodeNested(bytes);
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new ProtobufError('a raw extension holds neither JSON nor Kubernetes protobuf');
  }
}
