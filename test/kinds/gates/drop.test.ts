import type { KubeObject } from '../../../src/api/meta';
import { typeSchema, type FieldSchema } from '../../../src/api/schema';
import { kinds } from '../../../src/kinds';
import { betaKinds } from '../../../src/kinds/beta';
import { gates } from '../../../src/kinds/gates/disabled-fields';
import { dropDisabledFields } from '../../../src/kinds/gates/drop';
import { testRegistry } from '../../cluster/apiserver/support/registry';

const all = [...kinds, ...betaKinds];
const kindOf = (resource: string) => all.find((kind) => !kind.storedAs && `${kind.group}/${kind.plural}` === resource)!;

/** An object with nothing but the field, whose value `leaf` is. */
function withField(path: string, leaf: unknown): KubeObject {
  const value = path.replaceAll('[]', '.[]').split('.').reduceRight<unknown>((inner, name) => (name === '[]' ? [inner] : { [name]: inner }), leaf);
  return { metadata: { name: 'a' }, ...(value as object) };
}

/** The type that the field's value, or the items of its list, have. */
function keyOf({ type }: FieldSchema): string {
  let at = type;
  while ('list' in at) at = at.list;
  return (at as { ref: string }).ref;
}

/** `undefined` when the schema has no such field. */
function fieldAt(schema: string, path: string): FieldSchema | undefined {
  const [name, ...rest] = path.replaceAll('[]', '').split('.');
  const field = typeSchema(schema).byName.get(name!);
  return field && rest.length ? fieldAt(keyOf(field), rest.join('.')) : field;
}

const rows = gates.flatMap(({ name, api, fields }) => Object.entries(fields).flatMap(([resource, paths]) => paths.map((path) => ({ name, api, resource, path }))));

describe.each(rows)('$name: $path of $resource', ({ api, resource, path }) => {
  const kind = kindOf(resource);
  const dropped = (old?: KubeObject, served = false) => {
    const object = withField(path, 'x');
    dropDisabledFields(kind, object, old, (name) => served && name === api);
    return JSON.stringify(object) !== JSON.stringify(withField(path, 'x'));
  };

  it('is a field of the kind', () => expect(fieldAt(kind.schema, path)).toBeDefined());
  it('is dropped from what is new', () => expect(dropped()).toBe(true));
  it('is dropped where it was not used before', () => expect([dropped(withField('spec', {})), dropped(withField(path, []))]).toEqual([true, true]));
  it('stays where it was used before', () => expect(dropped(withField(path, 'y'))).toBe(false));
  it('stays where its API is served', () => expect(dropped(undefined, true)).toBe(api === undefined));
});

test('a write drops them in every version of a kind, a write of the status what is in there', async () => {
  const { registry, context, verbs } = await testRegistry(all);
  const claims = (version: string) => registry.kinds.find({ group: 'resource.k8s.io', version, resource: 'resourceclaims' })!;
  const devices = (request: object) => ({ metadata: { name: 'a' }, spec: { devices: { requests: [request] } } });
  const flat = await verbs.createEntry(registry, claims('v1beta1'), 'default', devices({ name: 'gpu', deviceClassName: 'gpus.example', adminAccess: true }), context);
  expect(flat.object).toMatchObject({ spec: { devices: { requests: [{ name: 'gpu', deviceClassName: 'gpus.example', allocationMode: 'ExactCount', count: 1 }] } } });
  expect(JSON.stringify(flat.object['spec'])).not.toContain('adminAccess');

  const deployments = registry.kinds.find({ group: 'apps', version: 'v1', resource: 'deployments' })!;
  const spec = {
    selector: { matchLabels: { app: 'a' } },
    template: { metadata: { labels: { app: 'a' } }, spec: { resources: { limits: { cpu: '1' } }, containers: [{ name: 'a', image: 'a', lifecycle: { stopSignal: 'SIGTERM' } }] } },
  };
  const { object } = await verbs.createEntry(registry, deployments, 'default', { metadata: { name: 'a' }, spec }, context);
  expect(object['spec']).toMatchObject({ template: { spec: { containers: [{ name: 'a', lifecycle: {} }] } } });
  expect(JSON.stringify(object['spec'])).not.toMatch(/stopSignal|"resources":\{"limits/);
});
