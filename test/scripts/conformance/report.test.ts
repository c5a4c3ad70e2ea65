import { judge, render } from '../../../scripts/conformance/report.mjs';
import { readRows, testFileOf, unshowableMark } from '../../../scripts/conformance/rows.cjs';

const rowOf = (codename: string, area = 'apps') => ({ codename, area, file: `test/conformance/${area}/x.test.ts` });
const test_ = (title: string, status: string, ...failureMessages: string[]) => ({ title, status, failureMessages });
const file = (assertionResults: object[], status = 'passed', message = '') => ({ name: '/x.test.ts', status, message, assertionResults });

test('the file of rows', () => {
  const rows = readRows();
  expect(rows).toHaveLength(380);
  expect(new Set(rows.map(({ codename }) => codename)).size).toBe(380);
  expect(new Set(rows.map(({ area }) => area))).toEqual(new Set([
    'apimachinery', 'apps', 'architecture', 'auth', 'common/network', 'common/node', 'common/storage', 'instrumentation',
    'kubectl', 'network', 'node', 'scheduling', 'storage',
  ]));
  expect(testFileOf('test/e2e/common/node/init_container.go')).toBe('test/conformance/common/node/init-container.test.ts');
});

test('each row has the outcome that its test had', () => {
  const selected = ['good', 'bad', 'hard', 'untested', 'filtered'].map((name) => rowOf(name));
  const results = [file([
    test_('good', 'passed'), test_('bad', 'failed', '\u001b[31m\n  Error: boom\u001b[39m\n at x'),
    test_(`hard${unshowableMark}no GPU`, 'pending'), test_('filtered', 'pending'),
  ], 'failed')];
  const { rows, errors } = judge(selected, results);
  expect(rows.map(({ codename, outcome, why }) => [codename, outcome, why])).toEqual([
    ['good', 'passing', undefined], ['bad', 'failing', '  Error: boom'], ['hard', 'unshowable', 'no GPU'],
    ['untested', 'missing', undefined], ['filtered', 'missing', undefined],
  ]);
  expect(errors).toEqual([]);
});

test('a file that does not load and a row that nobody knows are errors', () => {
  const { errors } = judge([rowOf('good')], [file([], 'failed', 'SyntaxError'), file([test_('good', 'passed'), test_('goood', 'passed')])]);
  expect(errors).toEqual(['/x.test.ts: SyntaxError', 'goood: there is no such row']);
});

test('the report names what is not passing and counts by area', () => {
  const selected = [rowOf('good'), rowOf('bad'), rowOf('lonely', 'node')];
  expect(render(judge(selected, [file([test_('good', 'passed'), test_('bad', 'failed', 'why')], 'failed')]))).toEqual([
    '', 'Failing:', '  bad\n      why', '', 'Without a test:', '  lonely', '',
    'AREA   PASSING   FAILING   CANNOT BE SHOWN   WITHOUT A TEST',
    'apps   1/2       1',
    'node   0/1                                   1',
    'all    1/3       1                           1',
  ]);
});
