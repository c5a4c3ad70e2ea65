// Runs the lines of a scenario through both programs, each with a namespace, a home and a kubeconfig of its own.
import { execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { normalise } from './normalise.mjs';

const run = promisify(execFile);
const lineTimeoutMs = 60_000;
const settleAttempts = 8;
const settleMs = 250;

/** Lines that read, and so may be asked again when the two namespaces have not settled alike. */
const reads = /(^|\| )k (-\S+ \S+ )?(get|describe|logs|exec|explain|version|api-|cluster-info|config (view|get|current))/;

export const same = (a, b) => sameOf(a.raw, b.raw) || sameOf(a.tidy, b.tidy);
const sameOf = (a, b) => a.status === b.status && a.stdout === b.stdout && a.stderr === b.stderr;

/** → [{ scenario, line, kubectl, knarr }], each outcome { raw, tidy } of { status, stdout, stderr } */
export async function runScenario(scenario, { programs, home, env, dir }) {
  const sides = await Promise.all(Object.entries(programs).map(([name, program]) =>
    makeSide({ name, program, kubectl: programs.kubectl, namespace: `parity-${scenario.index}-${name === 'knarr' ? 'b' : 'a'}`, home, env, dir })));
  const results = [];
  for (const step of scenario.steps) {
    if (step.compared) results.push({ scenario, line: step.line, ...(await compare(step.line, sides)) });
    else await Promise.all(sides.map((side) => prepare(step.line, side, scenario)));
  }
  // By the kubeconfig that the scenario did not change.
  await Promise.all(sides.map(({ namespace }) => run(programs.kubectl, ['delete', 'namespace', namespace, '--wait=false'], { env })));
  return results;
}

async function makeSide({ name, program, kubectl, namespace, home, env, dir }) {
  const own = join(home, name);
  mkdirSync(own, { recursive: true });
  const kubeconfig = join(own, `config-${namespace}`);
  copyFileSync(env.KUBECONFIG, kubeconfig);
  const side = {
    name, namespace, program, kubectl, own, dir,
    env: { ...env, HOME: own, KUBECONFIG: kubeconfig, NS: namespace, DIR: join(dir, 'files'), LC_ALL: 'C.UTF-8' },
  };
  await run(kubectl, ['create', 'namespace', namespace], { env: side.env });
  await run(kubectl, ['config', 'set-context', '--current', `--namespace=${namespace}`], { env: side.env });
  return side;
}

/** A step that only makes the ground for what follows: the real kubectl does it for both. */
async function prepare(line, side, { name }) {
  const { status, stderr } = await shell(line, { ...side, program: side.kubectl });
  if (status !== 0) throw new Error(`setup of ${name}: ${line}: ${stderr}`);
}

async function compare(line, sides) {
  for (let attempt = 1; ; attempt++) {
    const outcomes = await Promise.all(sides.map(async (side) => outcome(await shell(line, side), side)));
    const pair = Object.fromEntries(sides.map(({ name }, index) => [name, outcomes[index]]));
    if (same(pair.kubectl, pair.knarr) || attempt === settleAttempts || !reads.test(line)) return pair;
    await sleep(settleMs);
  }
}

const outcome = (raw, side) => ({ raw, tidy: { status: raw.status, stdout: tidy(raw.stdout, side), stderr: tidy(raw.stderr, side) } });

const tidy = (text, { program, namespace, env, own }) =>
  normalise(text.replaceAll(program, 'PROGRAM').replaceAll(env.KUBECONFIG, 'KUBECONFIG').replaceAll(own, 'HOME'), namespace);

/** `k` in the line is the program: a function, since aliases do not expand in scripts. */
function shell(line, { program, env, dir }) {
  const child = spawn('bash', ['-c', `k() { "$PROGRAM" "$@"; }; ${line}`], {
    env: { ...env, PROGRAM: program }, cwd: dir, timeout: lineTimeoutMs, stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (chunk) => { text[stream] += chunk; });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ status: code ?? signal, ...text }));
  });
}
