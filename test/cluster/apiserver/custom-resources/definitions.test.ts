import type { CustomResourceDefinition } from '../../../../src/api/generated/apiextensions.v1';
import type { KubeObject, Unstructured } from '../../../../src/api/meta';
import { failure, namespaces, testRegistry } from '../support/registry';
import { feeder } from './manifests';
import { definition, definitions, establish, feeders, idle, type World } from './support';

describe('CustomResourceDefinitions', () => {
  let world: World;
  beforeEach(async () => {
    world = await testRegistry();
  });

  const create = (change?: Parameters<typeof definition>[0]) => failure(() => world.client.create(definitions, definition(change)));
  const conditions = ({ status }: CustomResourceDefinition) => status!.conditions!.map(({ type, status: holds, reason, message }) => [type, holds, reason, message]);
  const invalid = (what: string) => `422 Invalid: CustomResourceDefinition.apiextensions.k8s.io "feeders.farm.example.com" is invalid: ${what}`;
  const ruleText = (rule: string) => `apiextensions.ValidationRule{Rule:"${rule}", Message:"", MessageExpression:"", Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:"", OptionalOldSelf:(*bool)(nil)}`;
  const schemaPath = 'spec.validation.openAPIV3Schema';

  test.each<[string, Parameters<typeof definition>[0], string]>([
    ['a name that does not follow', ({ spec }) => void (spec.names.plural = 'feeder'), 'metadata.name: Invalid value: "feeders.farm.example.com": must be spec.names.plural+"."+spec.group'],
    ['no scope', ({ spec }) => delete spec.scope, 'spec.scope: Required value'],
    ['no schema', ({ spec: { versions: [v1] } }) => {
      delete v1.schema;
      delete v1.selectableFields;
    }, 'spec.versions[0].schema.openAPIV3Schema: Required value: schemas are required'],
    ['a webhook', ({ spec }) => void (spec.conversion = { strategy: 'Webhook' }), '[spec.conversion.webhookClientConfig: Required value: required when strategy is set to Webhook, spec.conversion.conversionReviewVersions: Required value]'],
    ['a field without a type', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema.properties.spec.properties.x = {}), `${schemaPath}.properties[spec].properties[x].type: Required value: must not be empty for specified object fields`],
    ['an array without items', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema.properties.x = { type: 'array' }), `${schemaPath}.properties[x].items: Required value: must be specified`],
    ['a default that does not fit', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema.properties.x = { type: 'string', default: 1 }), `${schemaPath}.properties[x].default: Invalid value: "integer":  in body must be of type string: "integer"`],
    ['restricted metadata', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema.properties.metadata = { type: 'object', properties: { labels: { type: 'object' } } }), `${schemaPath}.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified`],
    ['a nested type', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema.properties.spec.anyOf = [{ type: 'object' }]), `${schemaPath}.properties[spec].anyOf[0].type: Forbidden: must be empty to be structural`],
    ['a restriction of the unknown', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema.properties.spec.anyOf = [{ properties: { y: { minimum: 1 } } }]),
      `${schemaPath}.properties[spec].properties[y]: Required value: because it is defined in ${schemaPath}.properties[spec].anyOf[0].properties[y]`],
    ['a column without a leading dot', ({ spec: { versions } }) => void (versions[0].additionalPrinterColumns = [{ name: 'X', type: 'text', jsonPath: 'spec.x' }]),
      '[spec.additionalPrinterColumns[0].type: Invalid value: "text": must be one of boolean,date,integer,number,string, '
      + 'spec.additionalPrinterColumns[0].JSONPath: Invalid value: "spec.x": must be a simple json path starting with .]'],
    ['a rule that is no CEL', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema['x-kubernetes-validations'] = [{ rule: 'self.x ==' }]),
      `${schemaPath}.x-kubernetes-validations[0].rule: Invalid value: ${ruleText('self.x ==')}: compilation failed: ERROR: <input>:1:10: Syntax error: mismatched input '<EOF>' expecting `
      + "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | self.x ==\n | .........^"],
    ['a rule about what is not there', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema['x-kubernetes-validations'] = [{ rule: 'self.spek.x == 1' }]),
      `${schemaPath}.x-kubernetes-validations[0].rule: Invalid value: ${ruleText('self.spek.x == 1')}: compilation failed: ERROR: <input>:1:5: undefined field 'spek'\n | self.spek.x == 1\n | ....^`],
    ['a rule that is no truth', ({ spec: { versions } }) => void (versions[0].schema.openAPIV3Schema['x-kubernetes-validations'] = [{ rule: 'self.metadata.name' }]),
      `${schemaPath}.x-kubernetes-validations[0].rule: Invalid value: ${ruleText('self.metadata.name')}: cel expression must evaluate to a bool`],
  ])('refuse %s', async (_, change, what) => {
    expect(await create(change)).toBe(invalid(what));
  });

  test('need exactly one storage version', async () => {
    expect(await create(({ spec: { versions } }) => void (versions[0].storage = false))).toMatch(/spec\.versions: Invalid value: .*: must have exactly one version marked as storage version/);
  });

  test('of a group of the community need an approval', async () => {
    const rename = (copy: { metadata: { name: string }; spec: { group: string } }) => {
      copy.metadata.name = 'feeders.farm.k8s.io';
      copy.spec.group = 'farm.k8s.io';
    };
    expect(await create(rename)).toMatch(/metadata\.annotations\[api-approved\.kubernetes\.io\]: Required value: protected groups must have approval annotation/);
  });

  test('wait for names that others have', async () => {
    await establish(world);
    const other = await establish(world, definition((copy) => {
      copy.metadata.name = 'feds.farm.example.com';
      copy.spec.names = { plural: 'feds', kind: 'Feeder' };
    }));
    expect(conditions(other)).toEqual([
      ['NamesAccepted', 'False', 'ListKindConflict', '"FeederList" is already in use'],
      ['Established', 'False', 'NotAccepted', 'not all names are accepted'],
    ]);
    await world.client.delete(definitions, 'feeders.farm.example.com');
    await idle();
    expect(conditions(await world.client.get(definitions, 'feds.farm.example.com') as unknown as CustomResourceDefinition).map(([, holds]) => holds)).toEqual(['True', 'True']);
  });

  test('stay until the last of their objects has gone', async () => {
    const { client, registry } = world;
    await establish(world);
    await client.create(feeders, { ...feeder('a', { schedule: '* * * * *' }), metadata: { name: 'a', namespace: 'default', finalizers: ['example.com/wait'] } });
    await client.delete(definitions, 'feeders.farm.example.com');
    await idle();
    const left = await client.get(definitions, 'feeders.farm.example.com') as unknown as CustomResourceDefinition;
    expect(left.metadata.finalizers).toEqual(['customresourcecleanup.apiextensions.k8s.io']);
    expect(conditions(left).at(-1)).toEqual(['Terminating', 'True', 'InstanceDeletionInProgress', 'CustomResource deletion is in progress']);
    expect(registry.kinds.find({ ...feeders, resource: 'feeders' })!.verbs).not.toContain('create');
    await client.patch(feeders, 'a', 'default', 'merge', { metadata: { finalizers: null } });
    await idle();
    expect(await failure(() => client.get(definitions, 'feeders.farm.example.com'))).toMatch(/^404/);
    expect(registry.kinds.find({ ...feeders, resource: 'feeders' })).toBeUndefined();
  });

  test('serve several versions of one object', async () => {
    const { client } = world;
    await establish(world, definition(({ spec }) => {
      const [v1] = spec.versions;
      const v2 = structuredClone(v1);
      v2.name = 'v2';
      v1.storage = false;
      v1.deprecated = true;
      v2.schema.openAPIV3Schema.properties.spec.properties.owner = { type: 'string', default: 'me' };
      spec.versions.push(v2);
    }));
    const second = { ...feeders, version: 'v2' };
    await client.create(feeders, { ...feeder('a', { schedule: '* * * * *' }), metadata: { name: 'a', namespace: 'default' } });
    expect(await client.get<Unstructured>(second, 'a', 'default')).toMatchObject({ apiVersion: 'farm.example.com/v2', spec: { owner: 'me', replicas: 1 } });
    const { spec, apiVersion } = await client.get<Unstructured>(feeders, 'a', 'default');
    expect({ spec, apiVersion }).toEqual({ apiVersion: 'farm.example.com/v1', spec: { schedule: '* * * * *', replicas: 1, animal: 'cow' } });
    expect(world.store.get('farm.example.com/feeders/default/a')!.object.apiVersion).toBe('farm.example.com/v2');
    expect(world.registry.kinds.find({ ...feeders, resource: 'feeders' })!.deprecation).toBe('farm.example.com/v1 Feeder is deprecated');
  });

  test('change what is served, and leave the watches of others alone', async () => {
    const { client, registry } = world;
    await establish(world);
    const before = registry.kinds.find({ ...feeders, resource: 'feeders' });
    await client.create(namespaces, { metadata: { name: 'other' } } as KubeObject);
    await client.patch(definitions, 'feeders.farm.example.com', undefined, 'merge', { metadata: { labels: { a: 'b' } } });
    await idle();
    expect(registry.kinds.find({ ...feeders, resource: 'feeders' })).toBe(before);
    await client.patch(definitions, 'feeders.farm.example.com', undefined, 'merge', { spec: { names: { categories: ['farm'] } } });
    await idle();
    expect(registry.kinds.find({ ...feeders, resource: 'feeders' })!.categories).toEqual(['farm']);
    expect(await failure(() => client.patch(definitions, 'feeders.farm.example.com', undefined, 'merge', { spec: { scope: 'Cluster' } }))).toMatch(/spec\.scope: Invalid value: "Cluster": field is immutable/);
  });
});
