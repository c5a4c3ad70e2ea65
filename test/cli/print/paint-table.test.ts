import { mayPaint, paintingWriter } from '../../../src/cli/print/paint-table';
import { tableWriter } from '../../../src/cli/print/table';

const table = [
  ['NAMESPACE', 'NAME', 'READY', 'STATUS', 'AGE'],
  ['default', 'running', '1/1', 'Running', '5m'],
  ['default', 'web', '1/2', 'Running', '5m'],
  ['error', 'job', '0/1', 'Completed', '5m'],
  ['default', 'broken', '0/1', 'CrashLoopBackOff', '5m'],
  ['default', 'new', '0/1', 'Init:0/2', '5m'],
].map((cells) => `${cells.join('\t')}\n`).join('');

const tagged = (text: string) => text.replace(/\x1b\[(\d+)m/g, (_, code: string) => ({ 32: '<g>', 33: '<y>', 31: '<r>', 39: '</>' })[code]!);

test('states have colours, names and what is as it should be have none', () => {
  expect(tagged(paintingWriter(true)(table))).toBe(`NAMESPACE   NAME      READY   STATUS             AGE
default     running   1/1     <g>Running</>            5m
default     web       <y>1/2</>     <g>Running</>            5m
error       job       0/1     <g>Completed</>          5m
default     broken    <y>0/1</>     <r>CrashLoopBackOff</>   5m
default     new       <y>0/1</>     <y>Init:0/2</>           5m
`);
});

test('without its colours a painted table is the plain one', () => {
  expect(paintingWriter(true)(table).replace(/\x1b\[\d+m/g, '')).toBe(tableWriter()(table));
  expect(paintingWriter(false)(table)).toBe(tableWriter()(table));
});

test.each<[string, boolean, Record<string, string>, boolean]>([
  ['a terminal', true, { TERM: 'xterm' }, true],
  ['a pipe', false, { TERM: 'xterm' }, false],
  ['a terminal with NO_COLOR', true, { TERM: 'xterm', NO_COLOR: '1' }, false],
  ['a dumb terminal', true, { TERM: 'dumb' }, false],
])('%s', (_what, isTTY, env, expected) => {
  expect(mayPaint({ isTTY }, env)).toBe(expected);
});
