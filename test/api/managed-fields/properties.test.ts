import fc from 'fast-check';
import { isApiError } from '../../../src/api/errors';
import { applyConfiguration, fieldScope, type FieldSet } from '../../../src/api/managed-fields';
import { difference, isEmpty, union } from '../../../src/api/managed-fields/field-set';
import { fieldsIn } from '../../../src/api/managed-fields/extract';
import type { Unstructured } from '../../../src/api/meta';

const scope = fieldScope({ schema: 'io.k8s.api.apps.v1.Deployment', apiVersion: 'apps/v1', kind: 'Deployment', convert: () => undefined });
const time = '2026-01-31T12:00:00Z';

const word = fc.constantFrom('x', 'y');
const optional = (fields: Record<string, fc.Arbitrary<unknown>>) => fc.record(fields, { requiredKeys: [] });
const keyed = (key: string, value: fc.Arbitrary<unknown>, fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.uniqueArray(fc.tuple(value, optional(fields)).map(([id, rest]) => ({ [key]: id, ...(rest as object) }) as Record<string, unknown>), { minLength: 1, maxLength: 3, selector: (item) => item[key] });

const name = fc.constantFrom('a', 'b', 'c');
const container = {
  image: word, args: fc.array(word, { maxLength: 2 }), env: keyed('name', name, { value: word }), ports: keyed('containerPort', fc.constantFrom(80, 443), { protocol: fc.constant('TCP'), name: word }),
  resources: optional({ limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), fc.constantFrom('1', '2'), { minKeys: 1, maxKeys: 2 }) }),
};
/** Keyed lists, lists and structs as a whole, sets, maps, scalars. None is empty: what removal leaves empty is gone, whoever said that it is to be empty. */
const configuration = fc.record({
  metadata: optional({ labels: fc.dictionary(name, word, { minKeys: 1, maxKeys: 2 }), finalizers: fc.uniqueArray(fc.constantFrom('x/a', 'x/b'), { minLength: 1, maxLength: 2 }) }),
  spec: optional({
    replicas: fc.nat(3), strategy: optional({ type: fc.constantFrom('Recreate', 'RollingUpdate') }), selector: fc.record({ matchLabels: fc.dictionary(name, word, { minKeys: 1, maxKeys: 2 }) }),
    template: fc.record({ spec: optional({ containers: keyed('name', name, container), nodeSelector: fc.dictionary(name, word, { minKeys: 1, maxKeys: 2 }), tolerations: fc.array(optional({ key: word }), { maxLength: 2 }) }) }),
  }),
}).map((fields) => JSON.parse(JSON.stringify({ apiVersion: 'apps/v1', kind: 'Deployment', ...fields, metadata: { name: 'web', ...fields.metadata } })) as Unstructured);

const apply = (live: Unstructured | undefined, config: Unstructured, manager: string, force = false) => applyConfiguration(scope, live, config, { manager, force, time });

type Entry = { manager: string; fieldsV1: FieldSet };
const owned = (object: Unstructured) => new Map(((object.metadata.managedFields ?? []) as unknown as Entry[]).map(({ manager, fieldsV1 }) => [manager, fieldsV1]));
const everyField = (object: Unstructured): FieldSet => [...owned(object).values()].reduce(union, fieldsIn(scope.type, {}));

/** Without managers, and with keyed lists in the order of their keys: which configuration came first decides theirs. */
function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(inOrder);
    const keys = items.map((item) => (typeof item === 'object' && item !== null ? String((item as Record<string, unknown>).name ?? (item as Record<string, unknown>).containerPort ?? '') : String(item)));
    const isKeyed = items.length > 1 && new Set(keys).size === items.length;
    return isKeyed ? items.map((item, at) => [keys[at]!, item] as const).sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item) : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([field]) => field !== 'managedFields').sort(([a], [b]) => (a < b ? -1 : 1)).map(([field, member]) => [field, inOrder(member)]));
}

function conflicts(work: () => Unstructured): Unstructured | undefined {
  try {
    return work();
  } catch (error) {
    if (isApiError(error) && error.reason === 'Conflict') return undefined;
    throw error;
  }
}

const check = <A>(arbitrary: fc.Arbitrary<A>, property: (value: A) => void) => fc.assert(fc.property(arbitrary, property), { numRuns: 100, seed: 7 });
const two = fc.tuple(configuration, configuration);

describe('server-side apply', () => {
  test('applying twice changes nothing', () => check(configuration, (config) => {
    const once = apply(undefined, config, 'one');
    expect(apply(once, config, 'one')).toEqual(once);
  }));

  test('applying twice changes nothing where another applies, too', () => check(two, ([first, second]) => {
    const both = apply(apply(undefined, first, 'one'), second, 'two', true);
    expect(apply(both, second, 'two', true)).toEqual(both);
  }));

  test('the one who applies owns what its configuration says, by force if need be', () => check(two, ([first, second]) => {
    const both = apply(apply(undefined, first, 'one'), second, 'two', true);
    const alone = apply(undefined, second, 'two');
    expect(owned(both).get('two')).toEqual(owned(alone).get('two'));
  }));

  test('what nobody owns is not there', () => check(two, ([first, second]) => {
    const both = apply(apply(undefined, first, 'one'), second, 'two', true);
    const alone = apply(undefined, both.metadata ? { ...both, metadata: { ...both.metadata, managedFields: undefined } } as unknown as Unstructured : both, 'all');
    expect(isEmpty(difference(owned(alone).get('all') ?? fieldsIn(scope.type, {}), everyField(both)))).toBe(true);
  }));

  test('where nobody is in the way, the order does not matter', () => check(two, ([first, second]) => {
    const [there, back] = [conflicts(() => apply(apply(undefined, first, 'one'), second, 'two')), conflicts(() => apply(apply(undefined, second, 'two'), first, 'one'))];
    expect(there === undefined).toBe(back === undefined);
    if (!there || !back) return;
    expect(inOrder(there)).toEqual(inOrder(back));
    expect(owned(there)).toEqual(owned(back));
  }));

  test('who leaves takes along what is his alone', () => check(two, ([first, second]) => {
    const both = conflicts(() => apply(apply(undefined, first, 'one'), second, 'two'));
    if (!both) return;
    const left = apply(both, { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } } as unknown as Unstructured, 'two');
    expect(owned(left).has('two')).toBe(false);
    expect(owned(left).get('one')).toEqual(owned(apply(undefined, first, 'one')).get('one'));
  }));
});
