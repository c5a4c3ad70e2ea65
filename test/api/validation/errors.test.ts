import {
  aggregate, child, duplicate, forbiddenField, immutable, index, invalidValue, key, notSupported, required, showLabelSelector, tooLong, tooMany, typeInvalid,
} from '../../../src/api/validation';

test.each([
  [required('a'), 'FieldValueRequired', 'Required value'],
  [required('a', 'must be set'), 'FieldValueRequired', 'Required value: must be set'],
  [invalidValue('a', 'x"y', 'is bad'), 'FieldValueInvalid', 'Invalid value: "x\\"y": is bad'],
  [invalidValue('a', -1, 'must be greater than or equal to 0'), 'FieldValueInvalid', 'Invalid value: -1: must be greater than or equal to 0'],
  [invalidValue('a', true, ''), 'FieldValueInvalid', 'Invalid value: true'],
  [invalidValue('a', undefined, 'x'), 'FieldValueInvalid', 'Invalid value: null: x'],
  [invalidValue('a', ['x', 'y'], 'z'), 'FieldValueInvalid', 'Invalid value: []string{"x", "y"}: z'],
  [invalidValue('a', { b: 1 }, 'z'), 'FieldValueInvalid', 'Invalid value: {"b":1}: z'],
  [invalidValue('a', showLabelSelector({ matchLabels: { b: '2', a: '1' } }), 'field is immutable'), 'FieldValueInvalid',
    'Invalid value: v1.LabelSelector{MatchLabels:map[string]string{"a":"1", "b":"2"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}: field is immutable'],
  [typeInvalid('a', 'x', 'must be an integer'), 'FieldValueTypeInvalid', 'Invalid value: "x": must be an integer'],
  [notSupported('a', 'X', ['UDP', 'TCP', 'SCTP']), 'FieldValueNotSupported', 'Unsupported value: "X": supported values: "SCTP", "TCP", "UDP"'],
  [duplicate('a', 'web'), 'FieldValueDuplicate', 'Duplicate value: "web"'],
  [forbiddenField('a', 'no'), 'FieldValueForbidden', 'Forbidden: no'],
  [tooLong('a', 63), 'FieldValueTooLong', 'Too long: may not be more than 63 bytes'],
  [tooMany('a', 3, 2), 'FieldValueTooMany', 'Too many: 3: must have at most 2 items'],
])('%j', (error, type, message) => expect(error).toEqual({ type, field: 'a', message }));

test('paths', () => {
  expect(child('', 'metadata', 'name')).toBe('metadata.name');
  expect(index(child('spec', 'containers'), 0)).toBe('spec.containers[0]');
  expect(key('spec.nodeSelector', 'disk')).toBe('spec.nodeSelector[disk]');
});

test('aggregates', () => {
  expect(aggregate([required('a'), required('a')])).toBe('a: Required value');
  expect(aggregate([required('a'), required('b')])).toBe('[a: Required value, b: Required value]');
});

test('immutable fields', () => {
  expect(immutable('a', { x: 1, y: [] }, { x: 1 })).toEqual([]);
  expect(immutable('a', 'new', 'old')).toEqual([invalidValue('a', 'new', 'field is immutable')]);
});
