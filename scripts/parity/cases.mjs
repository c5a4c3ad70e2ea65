import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** test/parity/*.txt → [{ file, name, setup: [line], lines: [line] }] */
export function readScenarios(dir, filter) {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.txt') && name !== 'known.txt')
    .sort()
    .flatMap((name) => parse(name, readFileSync(join(dir, name), 'utf8')))
    .filter(({ file, name }) => !filter || `${file} ${name}`.includes(filter));
}

function parse(file, text) {
  const scenarios = [];
  for (const line of text.split('\n')) {
    if (!line || line.startsWith('#')) continue;
    if (line.startsWith('== ')) scenarios.push({ file, name: line.slice(3).trim(), setup: [], lines: [] });
    else if (line.startsWith('setup: ')) scenarios.at(-1).setup.push(line.slice(7));
    else scenarios.at(-1).lines.push(line);
  }
  return scenarios;
}

/** known.txt: `LINE<tab>REASON` */
export function readKnown(file) {
  const rows = readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(rows.map((row) => row.split('\t')));
}
