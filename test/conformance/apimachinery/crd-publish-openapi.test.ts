import type { CustomResourceDefinition } from '../../../src/api/generated/apiextensions.v1';
import { define, type Definition, type Schema } from '../support/definitions';
import { of } from '../support/resources';
import { row, type RowContext } from '../support/row';

const label = (name: string) => `[sig-api-machinery] CustomResourcePublishOpenAPI [Privileged:ClusterAdmin] ${name}`;
const definitions = of<CustomResourceDefinition>('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'customresourcedefinitions', false);

const boat: Schema = {
  type: 'object', description: 'A boat of the row',
  properties: {
    spec: {
      type: 'object', description: 'What it is to be.',
      properties: {
        sails: {
          type: 'array', description: 'Sails and their sizes.',
          items: { type: 'object', required: ['name'], properties: {
            name: { type: 'string', description: 'Of the sail.' }, size: { type: 'string', description: 'In square ells.' },
            mood: { type: 'string', description: 'Of the sail, too.', enum: ['Calm', 'Stormy'] },
          } },
        },
      },
    },
    status: { type: 'object', description: 'What it is.', properties: { wet: { type: 'boolean' } } },
  },
};
const harbour: Schema = { type: 'object', description: 'A harbour of the row', properties: { spec: { type: 'object', description: 'Of the harbour.', properties: { depth: { type: 'integer' } } } } };

interface Published { definitions: Record<string, { description?: string; properties?: Record<string, { description?: string }> }> }

const nameOf = ({ group, version, kind }: Definition['resources'][number]) => `${[...group.split('.').reverse(), version].join('.')}.${kind}`;
const published = async (t: RowContext, resource: Definition['resources'][number]) =>
  (await t.client.request<Published>({ path: '/openapi/v2' })).definitions[nameOf(resource)];

/** OpenAPI v2 has the definition as it was written, and what every object has. */
const publishes = (t: RowContext, resource: Definition['resources'][number], { description, properties }: Schema) => t.eventually(async () => {
  const found = await published(t, resource);
  expect(found).toMatchObject({ description, properties: properties as object });
  expect(Object.keys(found!.properties!).sort()).toEqual([...new Set(['apiVersion', 'kind', 'metadata', ...Object.keys(properties as object)])].sort());
  return true;
});

const publishesNot = (t: RowContext, resource: Definition['resources'][number]) => t.eventually(async () => (await published(t, resource)) === undefined);

const manifest = ({ group, version, kind }: Definition['resources'][number], more: object) =>
  JSON.stringify({ apiVersion: `${group}/${version}`, kind, metadata: { name: 'one' }, ...more });

/** kubectl finds nothing to say against it. */
async function accepts(t: RowContext, resource: Definition['resources'][number], more: object): Promise<void> {
  for (const verb of ['create', 'apply']) {
    await t.kubectl([verb, '-f', '-'], manifest(resource, more));
    await t.kubectl(['delete', `${resource.plural}.${resource.group}`, 'one']);
  }
}

async function refuses(t: RowContext, resource: Definition['resources'][number], more: object, why: RegExp): Promise<void> {
  for (const verb of ['create', 'apply']) {
    const { code, stderr } = await t.kubectlOutcome([verb, '-f', '-'], manifest(resource, more));
    expect(code).toBe(1);
    expect(stderr).toMatch(why);
  }
}

/** kubectl keeps what it knows of a server: it may need a moment. */
const explains = (t: RowContext, path: string, what: RegExp) => t.eventually(async () => what.test(await t.kubectl(['explain', path])));

const defineOne = async (t: RowContext, schema: Schema) => (await define(t, { versions: { v1: schema }, namespaced: true, group: `${t.unique('publish')}.example.com` })).resources[0]!;

row(label('works for CRD with validation schema'), async (t) => {
  const resource = await defineOne(t, boat);
  await publishes(t, resource, boat);
  await accepts(t, resource, { spec: { sails: [{ name: 'main' }] } });
  await refuses(t, resource, { spec: { sails: [{ name: 'main', mood: 'Angry' }] } }, /Unsupported value: "Angry"/);
  await refuses(t, resource, { spec: { oars: true } }, /unknown field "(spec\.)?oars"/);
  await refuses(t, resource, { spec: { sails: [{ size: '10' }] } }, /spec\.sails\[0\]\.name: Required value|missing required field "name"/);
  await explains(t, resource.plural, /DESCRIPTION:\s+A boat of the row[\s\S]*apiVersion\s+<string>[\s\S]*spec\s+<Object>\s+What it is to be\./);
  await explains(t, `${resource.plural}.metadata`, /DESCRIPTION:\s+Standard object's metadata[\s\S]*creationTimestamp\s+<string>/);
  await explains(t, `${resource.plural}.spec`, /DESCRIPTION:\s+What it is to be\.[\s\S]*sails\s+<\[\]Object>\s+Sails and their sizes\./);
  await explains(t, `${resource.plural}.spec.sails`, /FIELD: sails <\[\]Object>[\s\S]*Sails and their sizes\.[\s\S]*name\s+<string> -required-\s+Of the sail\.[\s\S]*size\s+<string>/);
  expect(await t.kubectlOutcome(['explain', `${resource.plural}.spec.oars`])).toMatchObject({ code: 1, stderr: 'error: field "oars" does not exist\n' });
});

row(label('works for CRD without validation schema'), async (t) => {
  const resource = await defineOne(t, { type: 'object', 'x-kubernetes-preserve-unknown-fields': true });
  await accepts(t, resource, { a: { b: [{ c: 'd' }] } });
  await explains(t, resource.plural, /DESCRIPTION:\s+<empty>/);
});

row(label('works for CRD preserving unknown fields at the schema root'), async (t) => {
  const resource = await defineOne(t, { ...boat, 'x-kubernetes-preserve-unknown-fields': true });
  await accepts(t, resource, { a: { b: [{ c: 'd' }] } });
  await explains(t, resource.plural, new RegExp(`KIND:\\s+${resource.kind}`));
});

row(label('works for CRD preserving unknown fields in an embedded object'), async (t) => {
  const spec = { type: 'object', description: 'Anything goes.', 'x-kubernetes-preserve-unknown-fields': true };
  const resource = await defineOne(t, { type: 'object', description: 'Loose in one place', properties: { spec } });
  await accepts(t, resource, { spec: { b: [{ c: 'd' }] } });
  await explains(t, resource.plural, /DESCRIPTION:\s+Loose in one place/);
  await explains(t, `${resource.plural}.spec`, /Anything goes\./);
});

row(label('works for multiple CRDs of different groups'), async (t) => {
  const [one, other] = [await defineOne(t, boat), await defineOne(t, harbour)];
  await publishes(t, one, boat);
  await publishes(t, other, harbour);
});

row(label('works for multiple CRDs of same group but different versions'), async (t) => {
  const group = `${t.unique('publish')}.example.com`;
  const { resources: [two, three] } = await define(t, { versions: { v2: boat, v3: boat }, group });
  await publishes(t, two!, boat);
  await publishes(t, three!, boat);
  const { resources: [four] } = await define(t, { versions: { v4: boat }, group });
  const { resources: [five] } = await define(t, { versions: { v5: harbour }, group });
  await publishes(t, four!, boat);
  await publishes(t, five!, harbour);
});

row(label('works for multiple CRDs of same group and version but different kinds'), async (t) => {
  const group = `${t.unique('publish')}.example.com`;
  const { resources: [one] } = await define(t, { versions: { v6: boat }, group });
  const { resources: [other] } = await define(t, { versions: { v6: harbour }, group });
  await publishes(t, one!, boat);
  await publishes(t, other!, harbour);
});

row(label('updates the published spec when one version gets renamed'), async (t) => {
  const { name, resources: [two, three] } = await define(t, { versions: { v2: boat, v3: boat } });
  await publishes(t, three!, boat);
  await t.api(definitions).patch(name, 'json', [{ op: 'test', path: '/spec/versions/1/name', value: 'v3' }, { op: 'replace', path: '/spec/versions/1/name', value: 'v4' }]);
  await publishes(t, { ...three!, version: 'v4' }, boat);
  await publishesNot(t, three!);
  await publishes(t, two!, boat);
});

row(label('removes definition from spec when one version gets changed to not be served'), async (t) => {
  const { name, resources: [five, six] } = await define(t, { versions: { v5: boat, v6alpha1: boat } });
  await publishes(t, five!, boat);
  await publishes(t, six!, boat);
  await t.api(definitions).patch(name, 'json', [{ op: 'test', path: '/spec/versions/1/name', value: 'v6alpha1' }, { op: 'replace', path: '/spec/versions/1/served', value: false }]);
  await publishesNot(t, six!);
  await publishes(t, five!, boat);
});
