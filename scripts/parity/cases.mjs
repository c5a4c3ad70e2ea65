import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** test/parity/*.txt → [{ file, name, index, alone, steps: [{ line, compared }] }] */
export function readScenarios(dir, filter) {
  return readdirSync(dir)
    .filter((name) => name.endsWith('.txt') && name !== 'known.txt')
    .sort()
    .flatMap((name) => parse(name, readFileSync(join(dir, name), 'utf8')))
    .map((scenario, index) => ({ ...scenario, index, alone: scenario.name.endsWith(' alone') }))
    .filter(({ file, name }) => !filter || `${file} ${name}`.includes(filter));
}

function parse(file, text) {
  const scenarios = [];
  for (const line of text.split('\n')) {
    if (!line || line.startsWith('#')) continue;
    if (line.startsWith('== ')) scenarios.push({ file, name: line.slice(3).trim(), steps: [] });
    else if (line.startsWith('setup: ')) scenarios.at(-1).steps.push({ line: line.slice('setup: '.length), compared: false });
    else scenarios.at(-1).steps.push({ line, compared: true });
  }
  return scenarios;
}

/** known.txt: `LINE<tab>REASON` */
export function readKnown(file) {
  const rows = readFileSync(file, 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(rows.map((row) => row.split('\t')));
}
