import { csvFields } from '../../../src/cli/argv/csv';

test.each<[string, ReturnType<typeof csvFields>]>([
  ['a,b', { ok: ['a', 'b'] }],
  ['a,', { ok: ['a', ''] }],
  ['"a,b",c', { ok: ['a,b', 'c'] }],
  ['"a""b"', { ok: ['a"b'] }],
  ['""', { ok: [''] }],
  ['{"a":1}', { problem: 'parse error on line 1, column 2: bare " in non-quoted-field' }],
  ['é,b"', { problem: 'parse error on line 1, column 5: bare " in non-quoted-field' }],
  ['"a"b', { problem: 'parse error on line 1, column 3: extraneous or missing " in quoted-field' }],
  ['"a', { problem: 'parse error on line 1, column 3: extraneous or missing " in quoted-field' }],
])('the fields of %s', (record, expected) => {
  expect(csvFields(record)).toEqual(expected);
});
