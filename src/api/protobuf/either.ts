import { wire } from './reader';
import { delimited, readFields, scalarCodecs, writeRepeated, type ValueCodec } from './scalars';

const extensions = 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.';
const jsonSchema = `${extensions}JSONSchemaProps`;

/**
 * Types that are one of two things in JSON and a message with a field for each in protobuf, by their key.
 * `messageOf` is the codec of an ordinary message.
 */
export const eitherCodecs = (messageOf: (key: string) => ValueCodec): Readonly<Record<string, ValueCodec>> => ({
  [`${extensions}JSON`]: scalarCodecs.raw,
  [`${extensions}JSONSchemaPropsOrArray`]: eitherCodec((value) => (Array.isArray(value) ? 2 : 1), { 1: messageOf(jsonSchema), 2: messageOf(jsonSchema) }),
  [`${extensions}JSONSchemaPropsOrBool`]: orBoolCodec(messageOf(jsonSchema)),
  [`${extensions}JSONSchemaPropsOrStringArray`]: eitherCodec((value) => (Array.isArray(value) ? 2 : 1), { 1: messageOf(jsonSchema), 2: scalarCodecs.string }),
});

/** Field 1 holds one value, field 2 a list. */
function eitherCodec(fieldOf: (value: unknown) => 1 | 2, codecOfField: Record<1 | 2, ValueCodec>): ValueCodec {
  return {
    wireType: wire.bytes, zero: undefined,
    write: (writer, value) => delimited(writer, () => {
      const field = fieldOf(value);
      writeRepeated(writer, field, codecOfField[field], field === 2 ? (value as unknown[]) : [value]);
    }),
    read(outer) {
      const reader = outer.message();
      let one: unknown;
      let many: unknown[] | undefined;
      readFields(reader, (field) => {
        if (field === 1) one = codecOfField[1].read(reader);
        else if (field === 2) (many ??= []).push(codecOfField[2].read(reader));
        return field <= 2;
      });
      return many ?? one ?? null;
    },
  };
}

/** `allows` (1) is true beside a schema (2). */
function orBoolCodec(schema: ValueCodec): ValueCodec {
  return {
    wireType: wire.bytes, zero: undefined,
    write: (writer, value) => delimited(writer, () => {
      if (typeof value === 'object') {
        schema.write(writer, value);
        writer.tag(2, wire.bytes);
      }
      writer.byte(value ? 1 : 0);
      writer.tag(1, wire.varint);
    }),
    read(outer) {
      const reader = outer.message();
      let value: unknown = false;
      readFields(reader, (field) => {
        if (field === 1) value = reader.varint() !== 0;
        else if (field === 2) value = schema.read(reader);
        return field <= 2;
      });
      return value;
    },
  };
}
