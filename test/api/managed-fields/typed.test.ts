import fc from 'fast-check';
import { compare } from '../../../src/api/managed-fields/compare';
import { fieldsIn } from '../../../src/api/managed-fields/extract';
import { difference, isEmpty, setOf } from '../../../src/api/managed-fields/field-set';
import { merge } from '../../../src/api/managed-fields/merge';
import { removeFields } from '../../../src/api/managed-fields/remove';
import { deducedType, schemaType } from '../../../src/api/managed-fields/types';
import { describeMismatches, mismatches } from '../../../src/api/managed-fields/validate';

const podSpec = schemaType('io.k8s.api.core.v1.PodSpec');
const deployment = schemaType('io.k8s.api.apps.v1.Deployment');
const service = schemaType('io.k8s.api.core.v1.ServiceSpec');
const meta = schemaType('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta');
const text = (set: object) => JSON.stringify(set).replaceAll('\\"', "'").replaceAll('"', '');

describe('what applying lays claim to', () => {
  test.each([
    ['items by key, with themselves', podSpec, { containers: [{ name: 'c', ports: [{ containerPort: 80 }] }] },
      "{f:containers:{k:{'name':'c'}:{.:{},f:name:{},f:ports:{k:{'containerPort':80,'protocol':'TCP'}:{.:{},f:containerPort:{}}}}}}"],
    ['atomic lists and structs whole', podSpec, { containers: [{ name: 'c', args: ['x'] }], affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [] } } } },
      "{f:affinity:{f:nodeAffinity:{f:requiredDuringSchedulingIgnoredDuringExecution:{}}},f:containers:{k:{'name':'c'}:{.:{},f:args:{},f:name:{}}}}"],
    ['selectors whole, maps by entry', deployment, { metadata: { labels: { a: 'b' } }, spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: {} } } },
      '{f:metadata:{f:labels:{f:a:{}}},f:spec:{f:selector:{},f:template:{f:metadata:{}}}}'],
    ['values of sets', meta, { finalizers: ['x/y'] }, "{f:finalizers:{v:'x/y':{}}}"],
    ['deduced: maps by name, lists whole', deducedType, { spec: { a: { b: 1 }, list: [{ name: 'x' }], none: {} } }, '{f:spec:{.:{},f:a:{.:{},f:b:{}},f:list:{},f:none:{}}}'],
    ['duplicates once', service, { ports: [{ port: 80, name: 'a' }, { port: 80, name: 'b' }] }, "{f:ports:{k:{'port':80,'protocol':'TCP'}:{}}}"],
  ])('%s', (_, type, value, expected) => expect(text(fieldsIn(type, value))).toBe(expected));
});

describe('comparison', () => {
  const cases: [string, typeof podSpec, object, object, string, string][] = [
    ['equal', podSpec, { containers: [{ name: 'c' }] }, { containers: [{ name: 'c' }] }, '{}', '{}'],
    ['a struct that Go always has is never new', deployment, {}, { spec: { strategy: { type: 'Recreate' }, replicas: 1 } }, '{f:spec:{f:replicas:{},f:strategy:{f:type:{}}}}', '{}'],
    ['a pointer is', deployment, { spec: {} }, { spec: { strategy: { rollingUpdate: { maxSurge: 1 } } } }, '{f:spec:{f:strategy:{f:rollingUpdate:{.:{},f:maxSurge:{}}}}}', '{}'],
    ['zero is what Go has where nothing is said', podSpec, { containers: [{ name: 'c' }] }, { containers: [{ name: 'c', resources: {} }] }, '{}', '{}'],
    ['a new item shows its zero structs', podSpec, { containers: [] }, { containers: [{ name: 'c' }] }, "{f:containers:{k:{'name':'c'}:{.:{},f:name:{},f:resources:{}}}}", '{}'],
    ['removed items', podSpec, { containers: [{ name: 'a', image: 'x' }, { name: 'b' }] }, { containers: [{ name: 'b', image: 'y' }] },
      "{f:containers:{k:{'name':'b'}:{f:image:{}}}}", "{f:containers:{k:{'name':'a'}:{.:{},f:image:{},f:name:{},f:resources:{}}}}"],
    ['labels', meta, { labels: { a: '1', b: '2' } }, { labels: { a: '1', c: '3' } }, '{f:labels:{f:c:{}}}', '{f:labels:{f:b:{}}}'],
    ['order of items does not matter', podSpec, { containers: [{ name: 'a' }, { name: 'b' }] }, { containers: [{ name: 'b' }, { name: 'a' }] }, '{}', '{}'],
    ['order of atomic lists does', podSpec, { containers: [{ name: 'a', args: ['x', 'y'] }] }, { containers: [{ name: 'a', args: ['y', 'x'] }] }, "{f:containers:{k:{'name':'a'}:{f:args:{}}}}", '{}'],
    ['new duplicates', service, { ports: [{ port: 80, name: 'a' }] }, { ports: [{ port: 80, name: 'a' }, { port: 80, name: 'b' }] },
      "{f:ports:{k:{'port':80,'protocol':'TCP'}:{}}}", "{f:ports:{k:{'port':80,'protocol':'TCP'}:{.:{},f:name:{},f:port:{},f:targetPort:{}}}}"],
    ['deduced: a map becomes a scalar', deducedType, { a: { b: 1 } }, { a: 'x' }, '{f:a:{}}', '{f:a:{f:b:{}}}'],
  ];
  test.each(cases)('%s', (_, type, left, right, written, removed) => {
    const found = compare(type, left as never, right as never);
    expect([text(found.written), text(found.removed)]).toEqual([written, removed]);
  });

  test('what is skipped is not looked at', () => {
    const skip = setOf(['f:status'], ['f:metadata', 'f:labels']);
    const found = compare(deployment, {}, { metadata: { labels: { a: 'b' }, annotations: { a: 'b' } }, status: { replicas: 1 } }, skip);
    expect(text(found.written)).toBe('{f:metadata:{f:annotations:{.:{},f:a:{}}}}');
  });
});

describe('merge', () => {
  const names = (list: unknown) => (list as { name: string }[]).map(({ name }) => name).join('');
  const containers = (letters: string) => ({ containers: [...letters].map((name) => ({ name })) });
  test.each([
    ['abc', 'abc', 'abc'], ['abc', 'c', 'abc'], ['abc', 'ca', 'bca'], ['ab', 'xb', 'axb'], ['abcd', 'db', 'acdb'], ['', 'ba', 'ba'], ['ba', '', 'ba'],
  ])('%s and %s give %s', (live, config, expected) => {
    expect(names((merge(podSpec, containers(live), containers(config)) as { containers: unknown }).containers)).toBe(expected);
  });

  test('maps by name, atomic ones whole', () => {
    expect(merge(deployment, { metadata: { labels: { a: '1', b: '2' } }, spec: { selector: { matchLabels: { a: '1' } } } }, { metadata: { labels: { b: '3' } }, spec: { selector: { matchLabels: { c: '1' } } } }))
      .toEqual({ metadata: { labels: { a: '1', b: '3' } }, spec: { selector: { matchLabels: { c: '1' } } } });
  });
});

test('removal leaves null behind where all is gone', () => {
  const value = { containers: [{ name: 'c', image: 'x' }], nodeSelector: { a: 'b' }, hostname: 'h' };
  expect(removeFields(podSpec, value, setOf(['f:nodeSelector', 'f:a'], ['f:hostname'], ['f:containers', 'k:{"name":"c"}', 'f:image'])))
    .toEqual({ containers: [{ name: 'c' }], nodeSelector: null });
});

test.each([
  [{ spec: { foo: 1 } }, '.spec.foo: field not declared in schema'],
  [{ spec: { replicas: 'x' } }, '.spec.replicas: expected numeric (int or float), got string'],
  [{ spec: { template: { spec: { containers: [{ name: 'c', env: [{ name: 'A', value: 1 }] }] } } } }, '.spec.template.spec.containers[name="c"].env[name="A"].value: expected string, got &value.valueUnstructured{Value:1}'],
  [{ spec: { template: { spec: { containers: [{ name: 'c' }, { name: 'c' }] } } } }, '.spec.template.spec.containers: duplicate entries for key [name="c"]'],
  [{ spec: { paused: 'yes' }, metadata: { labels: 1 } }, 'errors:\n  .metadata.labels: expected map, got &{1}\n  .spec.paused: expected boolean, got &{yes}'],
])('%j does not fit', (value, message) => expect(describeMismatches(mismatches(deployment, value))).toBe(message));

const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.integer({ min: 0, max: 3 }), fc.constantFrom('a', 'b'), tie('map'), fc.array(fc.integer({ max: 2 }), { maxLength: 2 })),
  map: fc.dictionary(fc.constantFrom('x', 'y', 'z'), tie('value'), { maxKeys: 3 }),
}));

test('objects that compare equal have the same fields; what is written is among the fields of the right', () => {
  fc.assert(fc.property(json.map, json.map, (left, right) => {
    const { written, removed } = compare(deducedType, left as never, right as never);
    expect(isEmpty(compare(deducedType, left as never, left as never).written)).toBe(true);
    if (isEmpty(written) && isEmpty(removed)) expect(fieldsIn(deducedType, left)).toBe(fieldsIn(deducedType, right));
    expect(isEmpty(difference(fieldsIn(deducedType, right), compare(deducedType, {}, right as never).written))).toBe(true);
  }));
});

test('a configuration merged in is there, and merging it again changes nothing', () => {
  fc.assert(fc.property(json.map, json.map, (live, config) => {
    const merged = merge(deducedType, live, config);
    expect(merge(deducedType, merged, config)).toEqual(merged);
    expect(isEmpty(difference(fieldsIn(deducedType, config), fieldsIn(deducedType, merged)))).toBe(true);
  }));
});
