import { createTablePrinter, tableWriter, type Table, type TableOptions } from '../../../src/cli/print/table';

const table: Table = {
  kind: 'Table', apiVersion: 'meta.k8s.io/v1',
  columnDefinitions: [
    { name: 'Name', type: 'string', format: 'name' }, { name: 'Ready', type: 'string' }, { name: 'Count', type: 'integer' }, { name: 'IP', type: 'string', priority: 1 },
  ],
  rows: [
    { cells: ['web-1', '1/1', 0, '10.0.0.1'], object: { metadata: { name: 'web-1', namespace: 'default', labels: { app: 'web', 'x.io/tier': 'a' } } } },
    { cells: ['a-longer-name', 'line\nbreak', null, '<none>'], object: { metadata: { name: 'a-longer-name', namespace: 'other' } } },
  ],
};
const print = (options: TableOptions, ...tables: Table[]) => {
  const printer = createTablePrinter(options);
  return tableWriter()(tables.map((each) => printer(each)).join(''));
};

test.each<[string, TableOptions, string]>([
  ['plain', {}, 'NAME            READY     COUNT\nweb-1           1/1       0\na-longer-name   line...   \n'],
  ['wide', { wide: true }, 'NAME            READY     COUNT   IP\nweb-1           1/1       0       10.0.0.1\na-longer-name   line...           <none>\n'],
  ['without headers', { noHeaders: true }, 'web-1           1/1       0\na-longer-name   line...   \n'],
  ['with namespaces and kinds', { withNamespace: true, kindPrefix: 'pod' },
    'NAMESPACE   NAME                READY     COUNT\ndefault     pod/web-1           1/1       0\nother       pod/a-longer-name   line...   \n'],
  ['with labels', { columnLabels: ['x.io/tier', 'app'], showLabels: true },
    'NAME            READY     COUNT   TIER   APP   LABELS\nweb-1           1/1       0       a      web   app=web,x.io/tier=a\na-longer-name   line...                        <none>\n'],
])('%s', (_name, options, text) => {
  expect(print(options, table)).toBe(text);
});

test('the header comes once for the same columns, again for others, and never without rows', () => {
  const one = { ...table, rows: [table.rows![0]!] };
  const bare = { kind: 'Table' as const, apiVersion: 'meta.k8s.io/v1', rows: [table.rows![0]!] };
  const other = { ...one, columnDefinitions: table.columnDefinitions!.slice(0, 2) };
  expect(print({}, { ...table, rows: [] })).toBe('');
  expect(print({}, one, bare, other)).toBe('NAME    READY   COUNT\nweb-1   1/1     0\nweb-1   1/1     0\nNAME    READY\nweb-1   1/1\n');
});

test('events stand in a column of their own', () => {
  const printer = createTablePrinter({});
  expect(tableWriter()(printer({ ...table, rows: [table.rows![0]!] }, 'ADDED'))).toBe('EVENT      NAME    READY   COUNT\nADDED      web-1   1/1     0\n');
});

test('nothing in a cell moves the cursor', () => {
  const rows = [{ cells: ['a\x1b[31mb', 'x', 1, ''] }];
  expect(print({ noHeaders: true }, { ...table, rows })).toBe('a^[[31mb   x     1\n');
});
