import { isInline, typeSchema, type FieldSchema, type FieldType, type InlineSchema } from '../schema';
import { eitherCodecs } from './either';
import { ProtobufError, wire, type Reader } from './reader';
import { delimited, readFields, scalarCodecs, writeRepeated, type ValueCodec } from './scalars';
import type { Writer } from './writer';

type Fields = Record<string, unknown>;

/** One field of a message, or an embedded message whose fields are the owner's. */
interface FieldCodec {
  readonly number: number;
  write(writer: Writer, object: Fields): void;
  read(reader: Reader, object: Fields, wireType: number): void;
}

interface MessageCodec {
  /** Highest number first: the writer works backwards. */
  readonly descending: FieldCodec[];
  readonly byNumber: Map<number, FieldCodec>;
}

const codecs = new Map<string, MessageCodec>();

/** Compiled when first asked for; a type that contains itself meets its own unfinished codec. */
function codecOf(key: string): MessageCodec {
  let codec = codecs.get(key);
  if (!codec) {
    codec = { descending: [], byNumber: new Map() };
    codecs.set(key, codec);
    for (const field of typeSchema(key).declared) {
      if (field.proto === 0) continue;
      const compiled = isInline(field) ? embedded(field) : fieldCodec(field);
      codec.descending.push(compiled);
      codec.byNumber.set(compiled.number, compiled);
    }
    codec.descending.sort((a, b) => b.number - a.number);
  }
  return codec;
}

export function writeMessage(writer: Writer, key: string, object: Fields): void {
  for (const field of codecOf(key).descending) field.write(writer, object);
}

export function readMessage(reader: Reader, key: string, object: Fields = {}): Fields {
  const { byNumber } = codecOf(key);
  readFields(reader, (number, wireType) => {
    const field = byNumber.get(number);
    field?.read(reader, object, wireType);
    return field !== undefined;
  });
  return object;
}

function embedded({ inline, proto }: InlineSchema): FieldCodec {
  return {
    number: proto,
    write(writer, object) {
      delimited(writer, () => writeMessage(writer, inline, object));
      writer.tag(proto, wire.bytes);
    },
    read(reader, object, wireType) {
      expectWire(wireType, wire.bytes, inline);
      readMessage(reader.message(), inline, object);
    },
  };
}

function expectWire(wireType: number, expected: number, name: string): void {
  if (wireType !== expected) throw new ProtobufError(`proto: wrong wireType = ${wireType} for field ${name}`);
}

function fieldCodec(field: FieldSchema): FieldCodec {
  if (isMessageOfItems(field.goType)) return single(field, itemsCodec);
  if ('list' in field.type) return repeated(field, valueCodec(field.type.list));
  if ('map' in field.type) return map(field, isMessageOfItems(field.goType?.replace('map[string]', '')) ? itemsCodec : valueCodec(field.type.map));
  return single(field, valueCodec(field.type));
}

/** Go slices with a name of their own that protobuf wraps: `message ExtraValue { repeated string items = 1; }`. */
const isMessageOfItems = (goType: string | undefined) => /^\w+\.(ExtraValue|Verbs)$/.test(goType ?? '');

const itemsCodec: ValueCodec = {
  wireType: wire.bytes, zero: undefined,
  write: (writer, value) => delimited(writer, () => writeRepeated(writer, 1, scalarCodecs.string, value as string[])),
  read(reader) {
    const items: string[] = [];
    const message = reader.message();
    readFields(message, (field) => {
      if (field === 1) items.push(message.text());
      return field === 1;
    });
    return items;
  },
};

function valueCodec(type: FieldType): ValueCodec {
  if ('scalar' in type) return scalarCodecs[type.scalar];
  if ('ref' in type) return either[type.ref] ?? messageOf(type.ref);
  throw new Error('protobuf has no lists of lists');
}

const messageOf = (key: string): ValueCodec => ({
  wireType: wire.bytes, zero: {},
  write: (writer, value) => delimited(writer, () => writeMessage(writer, key, (value ?? {}) as Fields)),
  read: (reader) => readMessage(reader.message(), key),
});

/** A value that Go does not hold by pointer is written even when it is zero. */
function single({ name, proto, pointer }: FieldSchema, codec: ValueCodec): FieldCodec {
  return {
    number: proto,
    write(writer, object) {
      const value = object[name] ?? (pointer ? undefined : codec.zero);
      if (value === undefined) return;
      codec.write(writer, value);
      writer.tag(proto, codec.wireType);
    },
    read(reader, object, wireType) {
      expectWire(wireType, codec.wireType, name);
      object[name] = codec.read(reader);
    },
  };
}

function repeated({ name, proto }: FieldSchema, codec: ValueCodec): FieldCodec {
  return {
    number: proto,
    write: (writer, object) => writeRepeated(writer, proto, codec, (object[name] as unknown[] | undefined | null) ?? []),
    read(reader, object, wireType) {
      const items = (object[name] ??= []) as unknown[];
      const isPacked = wireType === wire.bytes && codec.wireType !== wire.bytes;
      if (!isPacked) {
        expectWire(wireType, codec.wireType, name);
        items.push(codec.read(reader));
        return;
      }
      for (const packed = reader.message(); !packed.done; ) items.push(codec.read(packed));
    },
  };
}

function map({ name, proto }: FieldSchema, codec: ValueCodec): FieldCodec {
  return {
    number: proto,
    write(writer, object) {
      const entries = Object.entries((object[name] as Fields | undefined | null) ?? {}).sort(([a], [b]) => (a < b ? 1 : -1));
      for (const [key, value] of entries) {
        delimited(writer, () => writeEntry(writer, key, value, codec));
        writer.tag(proto, wire.bytes);
      }
    },
    read(reader, object, wireType) {
      expectWire(wireType, wire.bytes, name);
      const [key, value] = readEntry(reader.message(), codec);
      const target = (object[name] ??= {}) as Fields;
      Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
    },
  };
}

function writeEntry(writer: Writer, key: string, value: unknown, codec: ValueCodec): void {
  const written = value ?? codec.zero;
  if (written !== undefined) {
    codec.write(writer, written);
    writer.tag(2, codec.wireType);
  }
  scalarCodecs.string.write(writer, key);
  writer.tag(1, wire.bytes);
}

function readEntry(reader: Reader, codec: ValueCodec): [string, unknown] {
  let key = '';
  let value: unknown = codec.zero ?? (codec === itemsCodec ? [] : '');
  readFields(reader, (field) => {
    if (field === 1) key = reader.text();
    else if (field === 2) value = codec.read(reader);
    return field <= 2;
  });
  return [key, value];
}

const either = eitherCodecs(messageOf);
