// npm run parity [-- FILTER]: prints each line that differs, then `matching/total`. Exit code 1 when a line differs
// that test/parity/known.txt does not list.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { kubectl } from '../lib/oracle.mjs';
import { knarr, root, withCluster } from '../lib/cluster.mjs';
import { readKnown, readScenarios } from './cases.mjs';
import { normalise } from './normalise.mjs';

const dir = join(root, 'test/parity');
const attempts = 3;
const settleMs = 500;

function shell(program, line, namespace, env) {
  // A function, not an alias: aliases do not expand in scripts.
  const script = `k() { "$PROGRAM" "$@"; }; ${line}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    env: { ...env, PROGRAM: program, NS: namespace, DIR: join(dir, 'files') }, encoding: 'utf8', timeout: 60_000, cwd: dir,
  });
  return { status, stdout: tidy(stdout, namespace, program), stderr: tidy(stderr, namespace, program) };
}

const tidy = (text, namespace, program) => normalise((text ?? '').replaceAll(program, 'PROGRAM'), namespace);
const same = (a, b) => a.status === b.status && a.stdout === b.stdout && a.stderr === b.stderr;

function useNamespace(env, namespace) {
  spawnSync(kubectl(), ['config', 'set-context', '--current', `--namespace=${namespace}`], { env });
}

/** Lines of one program see only its own namespace; what settles late gets a second look. */
function compare(line, { theirs, ours }) {
  let pair;
  for (let attempt = 0; attempt < attempts; attempt++) {
    pair = { kubectl: theirs(line), knarr: ours(line) };
    if (same(pair.kubectl, pair.knarr) || !/^k (get|describe|logs|top|explain|version|api-|cluster-info|config)/.test(line)) break;
    spawnSync('sleep', [String(settleMs / 1000)]);
  }
  return pair;
}

function runScenario(scenario, index, env) {
  const spaces = { theirs: `parity-${index}-a`, ours: `parity-${index}-b` };
  const in_ = (program, namespace) => (line) => {
    useNamespace(env, namespace);
    return shell(program, line, namespace, env);
  };
  for (const namespace of Object.values(spaces)) {
    spawnSync(kubectl(), ['create', 'namespace', namespace], { env });
    for (const line of scenario.setup) {
      const result = in_(kubectl(), namespace)(line);
      if (result.status !== 0) throw new Error(`setup of ${scenario.name}: ${line}: ${result.stderr}`);
    }
  }
  const run = { theirs: in_(kubectl(), spaces.theirs), ours: in_(knarr, spaces.ours) };
  const results = scenario.lines.map((line) => ({ scenario, line, ...compare(line, run) }));
  for (const namespace of Object.values(spaces)) spawnSync(kubectl(), ['delete', 'namespace', namespace, '--wait=false'], { env });
  return results;
}

function show({ scenario, line, kubectl: theirs, knarr: ours }) {
  console.log(`\n--- ${scenario.file} / ${scenario.name}: ${line}`);
  for (const part of ['status', 'stdout', 'stderr']) {
    if (theirs[part] === ours[part]) continue;
    console.log(`  ${part} of kubectl:\n${indent(theirs[part])}\n  ${part} of knarr:\n${indent(ours[part])}`);
  }
}

const indent = (value) => String(value).split('\n').map((line) => `    ${line}`).join('\n');

const scenarios = readScenarios(dir, process.argv[2]);
const known = readKnown(join(dir, 'known.txt'));
const results = withCluster({ profile: 'parity', runtime: 'sim' }, ({ env }) =>
  scenarios.flatMap((scenario, index) => runScenario(scenario, index, env)));

const different = results.filter((result) => !same(result.kubectl, result.knarr));
for (const result of different.filter(({ line }) => !known.has(line))) show(result);
for (const { line } of different.filter(({ line }) => known.has(line))) console.log(`known: ${line}: ${known.get(line)}`);
console.log(`\n${results.length - different.length}/${results.length}`);
process.exit(different.every(({ line }) => known.has(line)) ? 0 : 1);
