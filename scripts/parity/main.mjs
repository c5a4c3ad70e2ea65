// npm run parity [-- --record] [FILTER]: prints each line that differs, then `matching/total`. Exit code 1 when a line
// differs that test/parity/known.txt does not list, or one that it lists does not differ any more.
// --record makes test/golden/parity.json anew (record.mjs); with a FILTER it adds to what is there.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { knarr, root, withCluster } from '../lib/cluster.mjs';
import oracle from '../lib/oracle.cjs';
import { readKnown, readScenarios } from './cases.mjs';
import { openRecord } from './record.mjs';
import { runScenario, same } from './run.mjs';

const dir = join(root, 'test/parity');
const words = process.argv.slice(2);
const renew = words[0] === '--record';
const known = readKnown(join(dir, 'known.txt'));
const filter = words[renew ? 1 : 0];
const scenarios = readScenarios(dir, filter);

if (oracle.oracleMissing()) {
  console.log(`parity: ${oracle.oracleMissing()}`);
  process.exit(1);
}
const programs = { kubectl: oracle.kubectlPath(), knarr };
const version = execFileSync(programs.kubectl, ['version', '--client'], { encoding: 'utf8' });
const record = openRecord(join(root, 'test/golden/parity.json'), { version, dir, renew, adds: Boolean(filter) });
const atOnce = 4;
const tally = { matching: 0, recorded: 0, total: 0, failures: 0 };

process.on('unhandledRejection', (error) => {
  tally.failures++;
  console.log('\n--- an error of knarr that nothing waits for:', error);
});

await withCluster({ profile: 'parity', runtime: 'sim' }, async ({ home, env }) => {
  const attempt = (scenario) => runScenario(scenario, { programs, record, home, env, dir });
  // Both programs act on clusters that move on by themselves: a line that differs must differ a second time, alone.
  const again = [];
  const run = async (scenario) => {
    const results = await attempt(scenario);
    if (results.some(isUnexpected)) again.push({ ...scenario, index: `${scenario.index}-again` });
    else results.forEach(judge);
  };
  for (const scenario of scenarios.filter(({ alone }) => alone)) await run(scenario);
  // The long ones first: nothing should run by itself at the end.
  const waiting = scenarios.filter(({ alone }) => !alone).sort((a, b) => b.steps.length - a.steps.length);
  await Promise.all(Array.from({ length: atOnce }, async () => {
    for (let scenario = waiting.shift(); scenario; scenario = waiting.shift()) await run(scenario);
  }));
  for (const scenario of again) (await attempt(scenario)).forEach(judge);
});
record.save();
console.log(`\n${tally.matching}/${tally.total}, ${tally.recorded} by kubectl's recorded answers`);
process.exitCode = tally.failures ? 1 : 0;

function isUnexpected({ line, kubectl, knarr: ours }) {
  return same(kubectl, ours) === known.has(line);
}

function judge(result) {
  const reason = known.get(result.line);
  const matches = same(result.kubectl, result.knarr);
  tally.total++;
  if (result.recorded) tally.recorded++;
  if (matches) tally.matching++;
  if (matches && !reason) return;
  if (!matches && reason) return void console.log(`known: ${result.line}: ${reason}`);
  tally.failures++;
  if (matches) console.log(`\n--- ${result.line}: matches, but known.txt says: ${reason}`);
  else show(result);
}

function show({ scenario, line, kubectl: theirs, knarr: ours }) {
  console.log(`\n--- ${scenario.file} / ${scenario.name}: ${line}`);
  for (const part of ['status', 'stdout', 'stderr']) {
    if (theirs.tidy[part] === ours.tidy[part]) continue;
    console.log(`  ${part} of kubectl:\n${indent(theirs.tidy[part])}\n  ${part} of knarr:\n${indent(ours.tidy[part])}`);
  }
}

function indent(value) {
  return String(value).split('\n').map((line) => `    ${line}`).join('\n');
}
