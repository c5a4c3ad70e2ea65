import { failure, testRegistry } from '../support/registry';
import { definition, establish, feeders, type World } from './support';
import { feeder } from './manifests';

const rules = [
  { rule: 'self.replicas <= size(self.tags) + 1', message: 'a tag a replica' },
  { rule: "self.animal != 'hen' || self.schedule.endsWith('*')", reason: 'FieldValueForbidden', fieldPath: '.animal', messageExpression: "'a ' + self.animal + ' is fed daily'" },
  { rule: "self.schedule == oldSelf.schedule || self.replicas == 1" },
];

describe('x-kubernetes-validations', () => {
  let world: World;
  beforeEach(async () => {
    world = await testRegistry();
    await establish(world, definition(({ spec: { versions: [{ schema }] } }) => {
      schema.openAPIV3Schema.properties.spec['x-kubernetes-validations'] = rules;
    }));
  });

  const object = (spec: Record<string, unknown>) => ({ ...feeder('a', { tags: [], ...spec }), metadata: { name: 'a', namespace: 'default' } });
  const create = (spec: Record<string, unknown>) => failure(() => world.client.create(feeders, object(spec)));
  const update = (spec: Record<string, unknown>) => failure(() => world.client.patch(feeders, 'a', 'default', 'merge', { spec }));

  test('refuse what they do not hold for, in their own words', async () => {
    expect(await create({ schedule: '1 * * * *', replicas: 2 })).toBe('422 Invalid: Feeder.farm.example.com "a" is invalid: spec: Invalid value: "object": a tag a replica');
    expect(await create({ schedule: '* * * * 1', animal: 'hen' })).toBe('422 Invalid: Feeder.farm.example.com "a" is invalid: spec.animal: Forbidden: a hen is fed daily');
    expect(await create({ schedule: '* * * * *', replicas: 2, tags: ['x'] })).toBeUndefined();
  });

  test('are not asked about what is of the wrong form', async () => {
    expect(await create({ replicas: 2 })).toBe('422 Invalid: Feeder.farm.example.com "a" is invalid: [spec.schedule: Required value, <nil>: Invalid value: "null": '
      + 'some validation rules were not checked because the object was invalid; correct the existing errors to complete validation]');
  });

  test('compare with the state before', async () => {
    await create({ schedule: '* * * * *', replicas: 2, tags: ['x'] });
    expect(await update({ schedule: '1 * * * *' })).toMatch(/spec: Invalid value: "object": failed rule: self\.schedule == oldSelf\.schedule/);
    expect(await update({ schedule: '1 * * * *', replicas: 1 })).toBeUndefined();
  });
});
