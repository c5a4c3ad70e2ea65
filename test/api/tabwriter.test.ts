import { createTabWriter, describeTabs, tableTabs } from '../../src/api/tabwriter';

describe('describe tabs', () => {
  const format = createTabWriter(describeTabs);
  test.each([
    ['nothing', '', ''],
    ['no tabs', 'a\nb\n', 'a\nb\n'],
    ['one column', 'Name:\tx\nNamespace:\ty\n', 'Name:       x\nNamespace:  y\n'],
    ['a line without a tab ends the column', 'a:\t1\nb\nccc:\t2\n', 'a:  1\nb\nccc:  2\n'],
    ['columns within columns', 'a\tb\tc\nddd\te\nf\tggg\th\n', 'a    b  c\nddd  e\nf    ggg  h\n'],
    ['empty cells are padded', 'L:\tx\n\ty\n', 'L:  x\n    y\n'],
    ['an empty last cell keeps the padding before it', 'a\t\n', 'a  \n'],
    ['no newline at the end', 'a\tb', 'a  b'],
    ['a tab at the very end ends no column', 'a\t', 'a'],
    ['code points, not UTF-16 units', '🚢\tx\nab\ty\n', '🚢   x\nab  y\n'],
  ])('%s', (_, text, expected) => expect(format(text)).toBe(expected));
});

test('table tabs remember widths from piece to piece', () => {
  const format = createTabWriter(tableTabs);
  expect(format('NAME\tREADY\nlong-name\t1/1\n')).toBe('NAME        READY\nlong-name   1/1\n');
  expect(format('x\t1/1\n')).toBe('x           1/1\n');
});
