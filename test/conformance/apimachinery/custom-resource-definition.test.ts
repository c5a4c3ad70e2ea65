import type { CustomResourceDefinition } from '../../../src/api/generated/apiextensions.v1';
import type { Unstructured } from '../../../src/api/meta';
import { define, type Schema } from '../support/definitions';
import { discovers } from '../support/discovery';
import { customResourceDefinitions, of } from '../support/resources';
import { row } from '../support/row';

const label = (name: string) => `[sig-api-machinery] CustomResourceDefinition resources [Privileged:ClusterAdmin] ${name}`;
const definitions = of<CustomResourceDefinition>('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', false);

row(label('Simple CustomResourceDefinition creating/deleting custom resource definition objects works'), async (t) => {
  const { name } = await define(t);
  await t.api(customResourceDefinitions).delete(name);
  await t.eventually(async () => !(await t.api(customResourceDefinitions).find(name)));
});

row(label('Simple CustomResourceDefinition listing custom resource definition objects works'), async (t) => {
  const mine = { labelSelector: `list-test=${t.namespace}` };
  const made = await Promise.all(Array.from({ length: 10 }, () => define(t)));
  const other = await define(t);
  for (const { name } of made) await t.api(definitions).patch(name, 'merge', { metadata: { labels: { 'list-test': t.namespace } } });
  const { items } = await t.api(definitions).list(mine);
  expect(items.map(({ metadata, spec }) => [metadata.name, spec.names.kind]).sort()).toEqual(made.map(({ name, kind }) => [name, kind]).sort());
  await t.api(definitions).deleteCollection(mine);
  await t.eventually(async () => (await t.api(definitions).list(mine)).items.length === 0);
  expect(await t.api(definitions).find(other.name)).toBeDefined();
});

row(label('Simple CustomResourceDefinition getting/updating/patching custom resource definition status sub-resource works'), async (t) => {
  const { name } = await define(t);
  const api = t.api(definitions);
  const { spec } = await api.get(name);
  expect((await api.get(name, 'status')).spec).toEqual(spec);
  const updated = await api.change(name, ({ status }) => { status!.conditions!.push({ type: 'Row', status: 'True', message: 'updated' }); }, { subresource: 'status' });
  expect(updated.status!.conditions).toContainEqual(expect.objectContaining({ type: 'Row', message: 'updated' }));
  const value = [...updated.status!.conditions!.filter(({ type }) => type !== 'Row'), { type: 'Row', status: 'True', message: 'patched' }];
  const patched = await api.patch(name, 'json', [{ op: 'add', path: '/status/conditions', value }], { subresource: 'status' });
  expect(patched.status!.conditions).toContainEqual(expect.objectContaining({ type: 'Row', message: 'patched' }));
});

row(label('should include custom resource definition resources in discovery documents'), (t) =>
  discovers(t, 'apiextensions.k8s.io', 'v1', ['customresourcedefinitions', 'customresourcedefinitions/status']));

type Lettered = Unstructured & { a?: string; b?: string };

row(label('custom resource defaulting for requests and from storage works'), async (t) => {
  const schema: Schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } };
  const { name, resources } = await define(t, { versions: { v1: schema } });
  const api = t.api<Lettered>(resources[0]!);
  const patch = (operations: object[]) => t.api(definitions).patch(name, 'json', operations.map((operation) => ({ ...operation })));
  const path = (letter: string) => `/spec/versions/0/schema/openAPIV3Schema/properties/${letter}/default`;
  await api.create({ metadata: { name: 'one' } });
  await patch([{ op: 'add', path: path('a'), value: 'A' }]);
  // What was stored before gets it when it is read.
  await t.eventually(async () => (await api.get('one')).a === 'A');
  expect((await api.create({ metadata: { name: 'two' } })).a).toBe('A');
  await patch([{ op: 'remove', path: path('a') }, { op: 'add', path: path('b'), value: 'B' }]);
  await t.eventually(async () => (await api.get('two')).b === 'B');
  expect((await api.get('two')).a).toBe('A');
});
