import { nameIsDNSSubdomain, validateLabelSelector, validateObjectMeta, validateObjectMetaUpdate } from '../../../src/api/validation';
import type { ObjectMeta } from '../../../src/api/meta';

const good: ObjectMeta = { name: 'web', namespace: 'default', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-01-01T00:00:00Z' };
const texts = (errors: { field: string; message: string }[]) => errors.map(({ field, message }) => `${field}: ${message.split(' (e.g.')[0]}`);
const created = (meta: Partial<ObjectMeta>, namespaced = true) => texts(validateObjectMeta({ ...good, ...meta }, namespaced, nameIsDNSSubdomain));
const updated = (meta: Partial<ObjectMeta>, old: Partial<ObjectMeta> = {}) => texts(validateObjectMetaUpdate({ ...good, ...meta }, { ...good, ...old }));
const owner = { apiVersion: 'v1', kind: 'Pod', name: 'p', uid: 'u' };

test('good metadata has no errors', () => {
  expect(created({})).toEqual([]);
  expect(updated({})).toEqual([]);
});

test.each([
  [{ name: '' }, ['metadata.name: Required value: name or generateName is required']],
  [{ name: 'A' }, [expect.stringContaining('metadata.name: Invalid value: "A": a lowercase RFC 1123 subdomain must consist')]],
  [{ generateName: 'AB-' }, [expect.stringContaining('metadata.generateName: Invalid value: "AB-"')]],
  [{ namespace: undefined }, ['metadata.namespace: Required value']],
  [{ generation: -1 }, ['metadata.generation: Invalid value: -1: must be greater than or equal to 0']],
  [{ labels: { 'a$': 'b' } }, [expect.stringContaining('metadata.labels: Invalid value: "a$": name part must consist')]],
  [{ labels: { a: 'b$' } }, [expect.stringContaining('metadata.labels: Invalid value: "b$": a valid label must be')]],
  [{ annotations: { A: 'any thing' } }, []],
  [{ annotations: { a: 'x'.repeat(262144) } }, ['metadata.annotations: Too long: may not be more than 262144 bytes']],
  [{ ownerReferences: [{ ...owner, uid: '' }] }, ['metadata.ownerReferences: Invalid value: "": uid must not be empty'.replace('ownerReferences', 'ownerReferences.uid')]],
  [{ ownerReferences: [{ ...owner, controller: true }, { ...owner, name: 'q', controller: true }] },
    [expect.stringContaining('Only one reference can have Controller set to true. Found "true" in references for Pod/p and Pod/q')]],
  [{ finalizers: ['a b'] }, [expect.stringContaining('metadata.finalizers: Invalid value: "a b": name part')]],
  [{ finalizers: ['orphan', 'foregroundDeletion'] }, [expect.stringContaining('finalizer orphan and foregroundDeletion cannot be both set')]],
  [{ managedFields: [{ manager: 'a\tb', operation: 'Do' }] }, ['metadata.managedFields[0].operation: Invalid value: "Do": must be `Apply` or `Update`',
    'metadata.managedFields[0].manager: Invalid value: "a\\tb": invalid character U+0009 (at position 1)']],
] as [Partial<ObjectMeta>, unknown[]][])('create with %j', (meta, errors) => expect(created(meta)).toEqual(errors));

test('a cluster-scoped object has no namespace', () => {
  expect(created({}, false)).toEqual(['metadata.namespace: Forbidden: not allowed on this type']);
});

test.each([
  [{ resourceVersion: undefined }, {}, ['metadata.resourceVersion: Invalid value: "": must be specified for an update']],
  [{ name: 'other' }, {}, ['metadata.name: Invalid value: "other": field is immutable']],
  [{ uid: 'v' }, {}, ['metadata.uid: Invalid value: "v": field is immutable']],
  [{ generation: 1 }, { generation: 2 }, ['metadata.generation: Invalid value: 1: must not be decremented']],
  [{ finalizers: ['x/b', 'x/a'], deletionTimestamp: 't' }, { finalizers: ['x/a'], deletionTimestamp: 't' },
    ['metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new finalizers []string{"x/b"}']],
] as [Partial<ObjectMeta>, Partial<ObjectMeta>, string[]][])('update to %j from %j', (meta, old, errors) => expect(updated(meta, old)).toEqual(errors));

test('label selectors', () => {
  expect(texts(validateLabelSelector({ matchLabels: { a: 'b' }, matchExpressions: [
    { key: 'a', operator: 'In' }, { key: 'a', operator: 'Exists', values: ['x'] }, { key: 'a', operator: 'Is' },
  ] }, 'spec.selector'))).toEqual([
    "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
    "spec.selector.matchExpressions[1].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
    'spec.selector.matchExpressions[2].operator: Invalid value: "Is": not a valid selector operator',
  ]);
});
