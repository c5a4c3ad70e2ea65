import { groupVersion, type Status } from '../../../src/api/meta';
import { resourcePath, groupVersionPath } from '../../../src/client/http';
import { refusal } from '../support/api';
import { anything, define, type Definition, type Schema } from '../support/definitions';
import { deployments } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-api-machinery] FieldValidation should ${name}`;
const strict = { fieldManager: 'row', fieldValidation: 'Strict' };

/** Sent as text, since duplicates would not survive. */
const deployment = (metadata: string, spec: string) => `{
  "apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d", "labels": {"app": "d"}${metadata}},
  "spec": {${spec} "selector": {"matchLabels": {"app": "d"}}, "template": {"metadata": {"labels": {"app": "d"}}, "spec": {"containers": [{"name": "c", "image": "nginx:1.27"}]}}}
}`;

const createText = (t: RowContext, body: string) => refusal(t.client.request({ method: 'POST', path: resourcePath(deployments, t.namespace), query: strict, body }));

row(label('detect unknown and duplicate fields of a typed object'), async (t) => {
  const { message } = await createText(t, deployment('', '"unknownField": "foo", "replicas": 2, "replicas": 3,'));
  expect(message).toContain('strict decoding error: unknown field "spec.unknownField", duplicate field "spec.replicas"');
});

row(label('detect unknown metadata fields of a typed object'), async (t) => {
  const { message } = await createText(t, deployment(', "unknownMeta": "foo"', ''));
  expect(message).toContain('strict decoding error: unknown field "metadata.unknownMeta"');
});

const text: Schema = { type: 'string' };
const integer: Schema = { type: 'integer', format: 'int32' };
const fields: Schema = {
  foo: text,
  cronSpec: { type: 'string', pattern: '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$' },
  ports: {
    type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['containerPort', 'protocol'],
    items: { type: 'object', required: ['containerPort', 'protocol'], properties: { containerPort: integer, hostIP: text, hostPort: integer, name: text, protocol: text } },
  },
};
const root = (spec: Schema): Schema => ({ type: 'object', properties: { spec: { type: 'object', ...spec } } });
const both = (schema: Schema) => ({ versions: { v1: schema, v1beta1: schema } });

/** `head` goes below metadata, `spec` into the spec; both are lines of YAML. */
function manifest({ resources: [resource] }: Definition, head: string, spec: string): string {
  const { kind } = resource!;
  return `apiVersion: ${groupVersion(resource!)}\nkind: ${kind}\nmetadata:\n  name: mytest\n${head}spec:\n${spec}  cronSpec: "* * * * */5"\n  ports:\n  - name: x\n    containerPort: 80\n    protocol: TCP`;
}

const apply = (t: RowContext, { resources: [resource] }: Definition, body: string): Promise<unknown> => t.client.request({
  method: 'PATCH', path: `${groupVersionPath(resource!)}/${resource!.plural}/mytest`, query: strict, contentType: 'application/apply-patch+yaml', body,
});

const refusedApply = (t: RowContext, definition: Definition, body: string): Promise<Status> => refusal(apply(t, definition, body));

row(label('create/apply a valid CR for CRD with validation schema'), async (t) => {
  const definition = await define(t, both(root({ properties: fields })));
  await apply(t, definition, manifest(definition, '', '  foo: foo1\n'));
});

row(label('create/apply a CR with unknown fields for CRD with no validation schema'), async (t) => {
  const definition = await define(t, both(anything));
  await apply(t, definition, manifest(definition, '', '  unknown: uk1\n'));
});

row(label('create/apply an invalid CR with extra properties for CRD with validation schema'), async (t) => {
  const definition = await define(t, both(root({ properties: fields })));
  const { message } = await refusedApply(t, definition, manifest(definition, 'unknownField: unknown\n', '  foo: foo1\n'));
  expect(message).toContain('.unknownField: field not declared in schema');
});

row(label('detect unknown metadata fields in both the root and embedded object of a CR'), async (t) => {
  const template = {
    type: 'object', 'x-kubernetes-embedded-resource': true,
    properties: { metadata: { type: 'object', properties: { name: text } }, spec: { type: 'object' } },
  };
  const definition = await define(t, both(root({ 'x-kubernetes-preserve-unknown-fields': true, properties: { ...fields, template } })));
  const embedded = `  template:\n    apiVersion: foo/v1\n    kind: Sub\n    metadata:\n      unknownSubMeta: unknown\n      name: subobject\n      namespace: ${t.namespace}\n  foo: foo1\n`;
  const { message } = await refusedApply(t, definition, manifest(definition, '  unknownMeta: unknown\n', embedded));
  expect(message).toMatch(/\.spec\.template\.metadata\.unknownSubMeta: field not declared in schema|\.metadata\.unknownMeta: field not declared in schema/);
});

row(label('detect duplicates in a CR when preserving unknown fields'), async (t) => {
  const definition = await define(t, both(root({ 'x-kubernetes-preserve-unknown-fields': true, properties: fields })));
  const { message } = await refusedApply(t, definition, manifest(definition, '', '  unknown: uk1\n  foo: foo1\n  foo: foo2\n'));
  // The manifest's lines are counted from its first one.
  expect(message).toContain('line 8: key "foo" already set in map');
});
