import { wire } from '../protobuf/reader';
import { delimited, textField } from '../protobuf/scalars';
import { Writer } from '../protobuf/writer';

/**
 * The media types of /openapi/v2: what kubectl accepts there (no JSON; it validates the items of a List with it), and
 * what the answer is called, since Go parses no media type with an @; clients may ask by that name, too.
 */
export const openApiV2Protobuf = {
  accept: 'application/com.github.proto-openapi.spec.v2@v1.0+protobuf',
  contentType: 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf',
};

type Json = Record<string, unknown>;
/** Writes a value as field `number`, last byte first. */
type Field = (writer: Writer, number: number, value: unknown) => void;
/** JSON member → its number and form. */
type Shape = Readonly<Record<string, readonly [number, Field]>>;

const text: Field = (writer, number, value) => textField(writer, number, value as string);
const flag: Field = (writer, number, value) => {
  writer.byte(value ? 1 : 0);
  writer.tag(number, wire.varint);
};

/** What has no type of its own travels as YAML, of which JSON is a part. */
const any: Field = (writer, number, value) => message(writer, number, () => textField(writer, 2, JSON.stringify(value)));

const list = (item: Field): Field => (writer, number, value) => {
  for (const each of [...(value as unknown[])].reverse()) item(writer, number, each);
};

/** A JSON object of any names: repeated {name: 1, value: 2}. */
const named = (item: Field): Field => (writer, number, value) => {
  for (const [name, each] of Object.entries(value as Json).reverse()) {
    message(writer, number, () => {
      item(writer, 2, each);
      textField(writer, 1, name);
    });
  }
};

const wrapped = (inner: number, item: Field): Field => (writer, number, value) => message(writer, number, () => item(writer, inner, value));

/** Members with a number, and the `x-` extensions where the message has room for them. */
const shaped = (shape: () => Shape, extensions?: number): Field => (writer, number, value) =>
  message(writer, number, () => writeShape(writer, shape(), value as Json, extensions));

function message(writer: Writer, number: number, payload: () => void): void {
  delimited(writer, payload);
  writer.tag(number, wire.bytes);
}

function writeShape(writer: Writer, shape: Shape, object: Json, extensions: number | undefined): void {
  const members = Object.entries(shape).filter(([name]) => object[name] !== undefined).map(([name, [number, field]]) => ({ number, field, value: object[name] }));
  if (extensions !== undefined) {
    const value = Object.fromEntries(Object.entries(object).filter(([name]) => name.startsWith('x-')));
    members.push({ number: extensions, field: named(any), value });
  }
  for (const { number, field, value } of members.sort((a, b) => b.number - a.number)) field(writer, number, value);
}

const schema: Field = shaped(() => schemaShape, 31);

// Numbers: OpenAPIv2.proto of gnostic-models.
const schemaShape: Shape = {
  $ref: [1, text], format: [2, text], description: [4, text], required: [19, list(text)], enum: [20, list(any)],
  additionalProperties: [21, (writer, number, value) => wrapped(typeof value === 'boolean' ? 2 : 1, typeof value === 'boolean' ? flag : schema)(writer, number, value)],
  type: [22, wrapped(1, text)], items: [23, wrapped(1, schema)], properties: [25, wrapped(1, named(schema))],
};

const bodyParameter: Shape = { description: [1, text], name: [2, text], in: [3, text], required: [4, flag], schema: [5, schema] };
const pathParameter: Shape = { required: [1, flag], in: [2, text], name: [4, text], type: [5, text], uniqueItems: [19, flag] };
const queryParameter: Shape = { required: [1, flag], in: [2, text], name: [4, text], type: [6, text], uniqueItems: [20, flag] };

/** ParametersItem.parameter, then which of the kinds of parameter it is. */
const parameter: Field = (writer, number, value) => {
  const { in: where } = value as { in: string };
  const kinds: Record<string, Field> = {
    body: wrapped(1, shaped(() => bodyParameter)),
    query: wrapped(2, wrapped(3, shaped(() => queryParameter))),
    path: wrapped(2, wrapped(4, shaped(() => pathParameter))),
  };
  // Each `wrapped` numbers what it holds; the parameter itself is number 1 of the item.
  message(writer, number, () => kinds[where]!(writer, 1, value));
};

const response: Shape = { description: [1, text], schema: [2, wrapped(1, schema)] };
const operation: Shape = {
  tags: [1, list(text)], description: [3, text], operationId: [5, text], produces: [6, list(text)], consumes: [7, list(text)],
  parameters: [8, list(parameter)], responses: [9, wrapped(1, named(wrapped(1, shaped(() => response))))], schemes: [10, list(text)],
};
const operationField = shaped(() => operation, 13);
const pathItem: Shape = {
  get: [2, operationField], put: [3, operationField], post: [4, operationField], delete: [5, operationField], patch: [8, operationField],
  parameters: [9, list(parameter)],
};
const info: Shape = { title: [1, text], version: [2, text] };
const document: Shape = {
  swagger: [1, text], info: [2, shaped(() => info)],
  paths: [8, wrapped(2, named(shaped(() => pathItem)))], definitions: [9, wrapped(1, named(schema))],
};

/** The result of `openApiV2` as gnostic's openapi.v2.Document, but for the security definitions, which no client reads there. */
export function encodeOpenApiV2(swagger: object): Buffer {
  const writer = new Writer(1024 * 1024);
  writeShape(writer, document, swagger as Json, undefined);
  return writer.finish();
}
