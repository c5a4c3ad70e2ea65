import fc from 'fast-check';
import { fieldsMatch, formatFieldSelector, parseFieldSelector } from '../../../src/api/selectors';

test.each([
  ['', []],
  ['metadata.name=web', [{ field: 'metadata.name', op: '=', value: 'web' }]],
  ['a==b,c!=d', [{ field: 'a', op: '=', value: 'b' }, { field: 'c', op: '!=', value: 'd' }]],
  ['z=1,,a=2', [{ field: 'a', op: '=', value: '2' }, { field: 'z', op: '=', value: '1' }]],
  ['a=', [{ field: 'a', op: '=', value: '' }]],
  ['a=x\\,y\\=z\\\\', [{ field: 'a', op: '=', value: 'x,y=z\\' }]],
])('%s', (text, requirements) => expect(parseFieldSelector(text)).toEqual(requirements));

test.each([
  ['abc', "invalid selector: 'abc'; can't understand 'abc'"],
  ['a=b=c', 'invalid field selector: unescaped character in value: 61'],
  ['a=\\n', 'invalid field selector: invalid escape sequence: \\n'],
  ['a=\\', 'invalid field selector: invalid escape sequence: \\'],
])('%s is refused', (text, message) => expect(() => parseFieldSelector(text)).toThrow(expect.objectContaining({ reason: 'BadRequest', message })));

test('formatting and parsing cancel out', () => {
  fc.assert(fc.property(fc.string(), (value) => {
    const requirements = [{ field: 'f', op: '!=' as const, value }];
    expect(parseFieldSelector(formatFieldSelector(requirements))).toEqual(requirements);
  }));
});

test('matching', () => {
  const fields: Record<string, string> = { 'status.phase': 'Running' };
  const matches = (text: string) => fieldsMatch(parseFieldSelector(text), (field) => fields[field] ?? '');
  expect(matches('status.phase=Running')).toBe(true);
  expect(matches('status.phase!=Running')).toBe(false);
  expect(matches('spec.nodeName=')).toBe(true);
  expect(matches('')).toBe(true);
});
