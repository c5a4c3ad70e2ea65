// What a run of jest says about the rows. Pure.
import rows from './rows.cjs';

/**
 * `selected`: the rows asked for; `results`: testResults of jest's --json report.
 * Returns each row's outcome, and the failures that belong to no row (a file that does not load, a row unknown).
 */
export function judge(selected, results) {
  const tests = new Map(results.flatMap(({ assertionResults }) => assertionResults.map((test) => [nameOf(test), test])));
  const known = new Set(selected.map(({ codename }) => codename));
  const judged = selected.map((row) => ({ ...row, ...outcomeOf(tests.get(row.codename)) }));
  const broken = results.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'))
    .map(({ name, message }) => `${name}: ${message}`);
  const unknown = [...tests.keys()].filter((name) => !known.has(name) && tests.get(name).status !== 'pending')
    .map((name) => `${name}: there is no such row`);
  return { rows: judged, errors: [...broken, ...unknown] };
}

const nameOf = ({ title }) => title.split(rows.unshowableMark)[0];

/** @returns {{ outcome: 'passing' | 'failing' | 'unshowable' | 'missing', why?: string }} */
function outcomeOf(test) {
  if (!test) return { outcome: 'missing' };
  if (test.status === 'passed') return { outcome: 'passing' };
  if (test.status === 'failed') return { outcome: 'failing', why: firstLine(test.failureMessages[0]) };
  const reason = test.title.split(rows.unshowableMark)[1];
  return reason ? { outcome: 'unshowable', why: reason } : { outcome: 'missing' };
}

const firstLine = (text = '') => plain(text).split('\n').find((line) => line.trim()) ?? '';
/** Without jest's colours. */
const plain = (text) => text.replace(/\u001b\[\d+m/g, '');

const sections = [['failing', 'Failing'], ['unshowable', 'Cannot be shown here'], ['missing', 'Without a test']];

/** The lines to print: the rows that are not passing by name, a table by area, the sum. */
export function render({ rows: judged, errors }) {
  const named = sections.flatMap(([outcome, title]) => {
    const found = judged.filter((row) => row.outcome === outcome);
    return found.length ? ['', `${title}:`, ...found.map((row) => `  ${row.codename}${row.why ? `\n      ${row.why}` : ''}`)] : [];
  });
  return [...named, ...(errors.length ? ['', 'Errors:', ...errors.map((error) => `  ${error}`)] : []), '', ...table(judged)];
}

function table(judged) {
  const areas = [...new Set(judged.map(({ area }) => area))];
  const line = (name, of) => [name, `${count(of, 'passing')}/${of.length}`, ...sections.map(([outcome]) => count(of, outcome) || '')];
  const lines = [
    ['AREA', 'PASSING', 'FAILING', 'CANNOT BE SHOWN', 'WITHOUT A TEST'],
    ...areas.map((area) => line(area, judged.filter((row) => row.area === area))),
    line('all', judged),
  ];
  const widths = lines[0].map((_, column) => Math.max(...lines.map((cells) => String(cells[column]).length)));
  return lines.map((cells) => cells.map((cell, column) => String(cell).padEnd(widths[column])).join('   ').trimEnd());
}

export const count = (judged, outcome) => judged.filter((row) => row.outcome === outcome).length;
