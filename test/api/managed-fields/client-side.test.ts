import { asServerSide, ownersOf } from '../../../src/api/managed-fields';

const annotation = { 'f:metadata': { 'f:annotations': { '.': {}, 'f:a': {} } } };
const entry = (manager: string, operation: string, fieldsV1: object, apiVersion = 'v1') => ({ manager, operation, apiVersion, fieldsType: 'FieldsV1', fieldsV1 });
const path = ['metadata', 'annotations', 'a'];

test('finds the managers of a field', () => {
  const entries = [entry('one', 'Update', annotation), entry('two', 'Apply', annotation), entry('three', 'Update', { 'f:data': {} })];
  expect([ownersOf(entries, 'Update', path), ownersOf(entries, 'Apply', path)]).toEqual([['one'], ['two']]);
});

test.each([
  ['nothing to move', [entry('two', 'Apply', { 'f:a': {} })], [entry('two', 'Apply', { 'f:a': {} })]],
  ['the client becomes the one who applies', [entry('one', 'Update', annotation)], [entry('two', 'Apply', annotation)]],
  ['joined into who applies already', [entry('two', 'Apply', { 'f:b': {} }), entry('one', 'Update', { 'f:a': {} })], [entry('two', 'Apply', { 'f:a': {}, 'f:b': {} })]],
  ['another version is dropped', [entry('two', 'Apply', { 'f:b': {} }), entry('one', 'Update', { 'f:a': {} }, 'v2')], [entry('two', 'Apply', { 'f:b': {} })]],
])('%s', (_, entries, expected) => expect(asServerSide(entries, ['one'], 'two')).toEqual(expected));
