// npm run conformance [-- PATTERN] [--counts FILE]: the rows of the conformance suite against clusters of this run.
// Exit code 1 when a row with a test fails. `--counts` writes "PASSED FAILED" for scripts.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../lib/cluster.mjs';
import { withHome } from './home.mjs';
import { count, judge, render } from './report.mjs';
import rows from './rows.cjs';

const { values, positionals } = parseArgs({ options: { counts: { type: 'string' } }, allowPositionals: true });
const matches = matcher(positionals[0]);
const selected = rows.readRows().filter(matches);
const files = [...new Set(selected.map(({ file }) => file))].filter((file) => existsSync(join(root, file)));

const results = await withHome(async (home, interrupted) => (files.length ? await runJest(home, interrupted) : []));
const judged = judge(selected, results ?? []);
if (!results) judged.errors.push('the run did not come to its end');
console.log(render(judged).join('\n'));
const failed = count(judged.rows, 'failing') + judged.errors.length;
if (values.counts) writeFileSync(values.counts, `${count(judged.rows, 'passing')} ${failed}`);
process.exitCode = failed || !selected.length ? 1 : 0;

/** An area, or a part of a file's name or of a codename. */
function matcher(pattern) {
  if (!pattern) return () => true;
  const wanted = pattern.toLowerCase();
  return ({ area, file, codename }) => area === pattern || `${file}\n${codename}`.toLowerCase().includes(wanted);
}

/** Resolves to undefined when it was interrupted, or jest could not run. */
async function runJest(home, interrupted) {
  const output = join(home, 'jest.json');
  const rowsFile = join(home, 'rows.json');
  writeFileSync(rowsFile, JSON.stringify(selected.map(({ codename }) => codename)));
  const env = { ...process.env, KNARR_CONFORMANCE_HOME: home, KNARR_CONFORMANCE_ROWS: rowsFile };
  const args = ['node_modules/.bin/jest', '--config', 'jest.conformance.config.cjs', '--json', '--outputFile', output, '--runTestsByPath', ...files];
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'], signal: interrupted });
  child.on('error', () => undefined);
  await new Promise((resolve) => child.once('close', resolve));
  return existsSync(output) ? JSON.parse(readFileSync(output, 'utf8')).testResults : undefined;
}
