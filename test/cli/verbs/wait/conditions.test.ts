import { conditionOf } from '../../../../src/cli/verbs/wait/conditions';

const object = {
  metadata: { name: 'web', generation: 2 },
  spec: { replicas: 3, ports: [1, 2] },
  status: { observedGeneration: 2, conditions: [{ type: 'Available', status: 'True' }, { type: 'Stale', status: 'True', observedGeneration: 1 }] },
};

function met(text: string, of: object = object): boolean {
  const condition = conditionOf(text);
  if (condition.kind !== 'check') throw new Error('no check');
  return condition.check(of as never);
}

test.each<[string, boolean]>([
  ['condition=Available', true],
  ['condition=available=TRUE', true],
  ['condition=Available=False', false],
  ['condition=Nosuch', false],
  ['condition=Stale', false],
  ['jsonpath={.spec.replicas}=3', true],
  ['jsonpath=.spec.replicas=3', true],
  ["jsonpath='{.spec.replicas}'='3'".replaceAll("'{", '{').replaceAll("}'", '}'), true],
  ['jsonpath={.spec.replicas}=4', false],
  ['jsonpath={.spec.replicas}', true],
  ['jsonpath={.spec.nosuch}', false],
  ['jsonpath={.status.conditions[?(@.type=="Available")].status}=True', true],
])('%s is %p', (text, expected) => {
  expect(met(text)).toBe(expected);
});

test('a status about an older generation does not count', () => {
  expect(met('condition=Available', { ...object, metadata: { name: 'web', generation: 3 } })).toBe(false);
});

test.each<[string, string]>([
  ['jsonpath={.spec}=1', 'jsonpath leads to a nested object or list which is not supported'],
  ['jsonpath={.spec.ports[*]}=1', 'given jsonpath expression matches more than one value'],
])('%s cannot be judged', (text, message) => {
  expect(() => met(text)).toThrow(message);
});

test.each<[string, string]>([
  ['Available', 'unrecognized condition: "Available"'],
  ['', 'unrecognized condition: ""'],
  ['jsonpath={.a}=b=c', "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'"],
  ['jsonpath={.a}=', 'jsonpath wait has to have a value after equal sign'],
  ['jsonpath=', 'jsonpath expression cannot be empty'],
])('%p is refused', (text, message) => {
  expect(() => conditionOf(text)).toThrow(message);
});
