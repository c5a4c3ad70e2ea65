import { badRequest } from '../errors';
import { normaliseStrictly } from '../decode/normalise';
import { cannotBeHandled } from '../decode/walk';
import { parseGroupVersion, type Unstructured } from '../meta';
import { schemaKeyOf } from '../schema/keys';
import { readMessage, writeMessage } from './message';
import { magic, onEnvelope } from './raw';
import { ProtobufError, Reader, wire } from './reader';
import { delimited, readFields, textField } from './scalars';
import { Writer } from './writer';

export interface DecodedProtobuf {
  object: Unstructured;
  apiVersion: string;
  kind: string;
}

interface Envelope {
  apiVersion: string;
  kind: string;
  raw: Buffer;
  contentType: string;
}

/**
 * The object as a body of `application/vnd.kubernetes.protobuf`. `key` is its schema; apiVersion and kind are the
 * object's own. Source: k8s.io/apimachinery/pkg/runtime/serializer/protobuf.
 */
export function encodeProtobuf(object: object, key: string): Buffer {
  const writer = new Writer();
  const { apiVersion = '', kind = '' } = object as { apiVersion?: string; kind?: string };
  textField(writer, 4, '');
  textField(writer, 3, '');
  delimited(writer, () => writeMessage(writer, key, object as Record<string, unknown>));
  writer.tag(2, wire.bytes);
  delimited(writer, () => {
    textField(writer, 2, kind);
    textField(writer, 1, apiVersion);
  });
  writer.tag(1, wire.bytes);
  writer.bytes(magic);
  return writer.finish();
}

/**
 * Reads an enveloped object. `key` is for bodies that leave apiVersion and kind out, as create options may.
 * Throws BadRequest for what is not Kubernetes protobuf, or a kind that is not built in.
 */
export function decodeProtobuf(body: Buffer, key?: string): DecodedProtobuf {
  const envelope = readEnvelope(body, key);
  const { apiVersion, kind } = envelope;
  const schema = apiVersion && kind ? schemaKeyOf(apiVersion, kind) : key;
  if (!schema) throw badRequest(`no kind "${kind}" is registered for version "${apiVersion}" in protobuf`);
  const seen = { kind: kind || schema.split('.').at(-1)!, version: parseGroupVersion(apiVersion).version };
  const object = describing(seen, schema, () => {
    const message = readMessage(new Reader(envelope.raw), schema);
    return normaliseStrictly({ kind, apiVersion, ...message }, schema).object;
  });
  return { object, apiVersion, kind };
}

function describing<T>(seen: { kind: string; version: string }, key: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    // Nesting without end overflows the stack.
    const why = error instanceof RangeError ? 'exceeded max depth' : error instanceof ProtobufError ? error.message : undefined;
    if (why === undefined) throw error;
    throw cannotBeHandled(seen, key.split('.').at(-1)!, why);
  }
}

function readEnvelope(body: Buffer, key: string | undefined): Envelope {
  const expected = key ? ` (must be of type ${key.split('.').at(-1)})` : '';
  const refuse = (why: string) => badRequest(`the object provided is unrecognized${expected}: ${why}`);
  if (body.length === 0) throw refuse('empty data');
  if (!body.subarray(0, magic.length).equals(magic)) {
    throw refuse('provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]');
  }
  try {
    return readUnknown(new Reader(body.subarray(magic.length)));
  } catch (error) {
    if (error instanceof ProtobufError) throw refuse(error.message);
    throw error;
  }
}

/** runtime.Unknown. */
function readUnknown(reader: Reader): Envelope {
  const envelope: Envelope = { apiVersion: '', kind: '', raw: Buffer.alloc(0), contentType: '' };
  readFields(reader, (field) => {
    if (field === 1) readTypeMeta(reader.message(), envelope);
    else if (field === 2) envelope.raw = reader.bytes();
    else if (field === 4) envelope.contentType = reader.text();
    return field === 1 || field === 2 || field === 4;
  });
  return envelope;
}

function readTypeMeta(reader: Reader, envelope: Envelope): void {
  readFields(reader, (field) => {
    if (field === 1) envelope.apiVersion = reader.text();
    else if (field === 2) envelope.kind = reader.text();
    return field <= 2;
  });
}

onEnvelope((body) => decodeProtobuf(body).object);
