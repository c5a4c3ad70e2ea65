import { checkRules, type Schema } from '../../../../src/api/structural';
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

describe('rules of all sorts', () => {
  const schema = {
    type: 'object',
    properties: {
      name: { type: 'string', maxLength: 50, 'x-kubernetes-validations': [{ rule: "self.startsWith('a')", message: 'begins with a' }] },
      items: {
        type: 'array', 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': ['id'],
        items: { type: 'object', required: ['id'], properties: { id: { type: 'string' }, size: { type: 'integer' } }, 'x-kubernetes-validations': [{ rule: '!has(oldSelf.size) || self.size >= oldSelf.size', message: 'may only grow' }] },
      },
      port: { 'x-kubernetes-int-or-string': true, 'x-kubernetes-validations': [{ rule: 'type(self) == int ? self < 100 : self.size() < 5' }] },
      'snake-case': { type: 'string' },
      until: { type: 'string', format: 'date-time' },
      tags: { type: 'array', 'x-kubernetes-list-type': 'set', items: { type: 'string' } },
    },
    'x-kubernetes-validations': [
      { rule: "!has(self.snake__dash__case) || self.snake__dash__case != 'no'", fieldPath: ".snake-case" },
      { rule: "!has(self.until) || self.until > timestamp('2024-01-01T00:00:00Z')" },
      { rule: 'oldSelf.hasValue() || !has(self.tags)', optionalOldSelf: true, message: 'no tags at first' },
      { rule: "!has(self.tags) || self.tags == ['b', 'a'] || self.tags.size() != 2" },
      { rule: "!has(self.port) || self.port != 7" , messageExpression: "'port ' + string(self.port)" },
    ],
  };
  const check = (object: object, old?: object) => {
    const { errors, ratcheted } = checkRules(object, schema as Schema, old, []);
    return { errors: errors.map(({ field, message }) => `${field}: ${message}`), ratcheted: ratcheted.map(({ field }) => field) };
  };

  test.each<[string, object, object | undefined, string[], string[]]>([
    ['a good one', { name: 'ab' }, undefined, [], []],
    ['a bad one', { name: 'b' }, undefined, ['name: Invalid value: "string": begins with a'], []],
    ['what was bad before may stay', { name: 'b' }, { name: 'b' }, [], ['name']],
    ['and may not get worse', { name: 'c' }, { name: 'b' }, ['name: Invalid value: "string": begins with a'], []],
    ['items are compared with themselves', { items: [{ id: 'y', size: 1 }, { id: 'x', size: 5 }] }, { items: [{ id: 'x', size: 4 }, { id: 'y', size: 2 }] }, ['items[0]: Invalid value: "object": may only grow'], []],
    ['new ones with nothing', { items: [{ id: 'y', size: 1 }] }, { items: [] }, [], []],
    ['integers or strings', { port: 200 }, undefined, ['port: Invalid value: "": failed rule: type(self) == int ? self < 100 : self.size() < 5'], []],
    ['integers or strings, a string', { port: 'http' }, undefined, [], []],
    ['names with dashes', { 'snake-case': 'no' }, undefined, ['snake-case: Invalid value: "object": failed rule: !has(self.snake__dash__case) || self.snake__dash__case != \'no\''], []],
    ['times', { until: '2023-05-05T00:00:00Z' }, undefined, [`<nil>: Invalid value: "object": failed rule: !has(self.until) || self.until > timestamp('2024-01-01T00:00:00Z')`], []],
    ['optional old state, at first', { tags: [] }, undefined, ['<nil>: Invalid value: "object": no tags at first'], []],
    ['optional old state, later', { tags: [] }, {}, [], []],
    ['sets have no order', { tags: ['a', 'b'] }, {}, [], []],
    ['a message that is made', { port: 7 }, undefined, ['<nil>: Invalid value: "object": port 7'], []],
  ])('%s', (_what, object, old, errors, ratcheted) => expect(check(object, old)).toEqual({ errors, ratcheted }));

  test('all of them share a budget', () => {
    const rule = { rule: 'self.all(a, self.all(b, a + b >= 0))' };
    const outcome = checkRules({ list: Array.from({ length: 250 }, (_, at) => at) }, {
      type: 'object', properties: { list: { type: 'array', items: { type: 'integer' }, 'x-kubernetes-validations': Array.from({ length: 50 }, () => rule) } },
    }, undefined, []);
    expect(outcome.errors.map(({ message }) => message)).toEqual(['Invalid value: "": validation failed due to running out of cost budget, no further validation rules will be run']);
  });

  test('one that costs too much ends the checking', () => {
    const list = Array.from({ length: 500 }, (_, at) => at);
    const outcome = checkRules({ list }, {
      type: 'object', properties: { list: { type: 'array', items: { type: 'integer' }, 'x-kubernetes-validations': [{ rule: 'self.all(a, self.all(b, self.all(c, a + b + c >= 0)))' }, { rule: 'false' }] } },
    }, undefined, []);
    expect(outcome.errors.map(({ field, message }) => `${field}: ${message}`)).toEqual([
      `list: Invalid value: "array": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: self.all(a, self.all(b, self.all(c, a + b + c >= 0)))`,
    ]);
  });
});
