// Runs the lines of a scenario through both programs.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeSide, outcomeOf, removeNamespace } from './side.mjs';

const settleAttempts = 8;
const settleMs = 250;

/** Lines that read, and so may be asked again when the two namespaces have not settled alike. */
const reads = /(^|\| )k (-\S+ \S+ )?(get|describe|logs|exec|explain|version|api-|cluster-info|config (view|get|current))/;

export const same = (a, b) => sameOf(a.raw, b.raw) || sameOf(a.tidy, b.tidy);
const sameOf = (a, b) => a.status === b.status && a.stdout === b.stdout && a.stderr === b.stderr;

/** → [{ scenario, line, recorded, kubectl, knarr }], each outcome { raw, tidy } of { status, stdout, stderr } */
export async function runScenario(scenario, { programs, record, home, env, dir }) {
  const [kubectl, knarr] = await Promise.all(Object.entries(programs).map(([name, program]) =>
    makeSide({ name, program, namespace: `parity-${scenario.index}-${name === 'knarr' ? 'b' : 'a'}`, home, env, dir })));
  const answers = record.of(scenario);
  const results = [];
  for (const [index, { line, compared }] of scenario.steps.entries()) {
    if (!compared) await Promise.all([kubectl, { ...knarr, name: 'kubectl', program: kubectl.program }].map((side) => prepare(line, side, scenario)));
    else results.push({ scenario, line, ...(await compareStep({ line, index, answers }, kubectl, knarr)) });
  }
  await Promise.all([kubectl, knarr].map((side) => removeNamespace(side, env)));
  return results;
}

/** A step that only makes the ground for what follows: the real kubectl does it for both. */
async function prepare(line, side, { name }) {
  const { status, stderr } = (await outcomeOf(line, side)).raw;
  if (status !== 0) throw new Error(`setup of ${name}: ${line}: ${stderr}`);
}

/** By the record where there is an answer and knarr gives the same; by kubectl itself otherwise. */
async function compareStep({ line, index, answers }, kubectl, knarr) {
  const recorded = answers.recorded(index);
  if (recorded) {
    const pair = { kubectl: { raw: recorded, tidy: recorded }, knarr: await outcomeOf(line, knarr) };
    if (same(pair.kubectl, pair.knarr)) return { recorded: true, ...pair };
  }
  const kubeconfigBefore = readFileSync(kubectl.env.KUBECONFIG, 'utf8');
  const pair = await compare(line, kubectl, knarr);
  await answers.keep(index, kubectl, pair.kubectl, kubeconfigBefore);
  return pair;
}

async function compare(line, kubectl, knarr) {
  for (let attempt = 1; ; attempt++) {
    const [theirs, ours] = await Promise.all([outcomeOf(line, kubectl), outcomeOf(line, knarr)]);
    const pair = { kubectl: theirs, knarr: ours };
    if (same(theirs, ours) || attempt === settleAttempts || !reads.test(line)) return pair;
    await sleep(settleMs);
  }
}
