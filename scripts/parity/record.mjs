// Answers of kubectl that no cluster has a part in (local edits, generators, wrong usage, the kubeconfig) are the same at
// every run: test/golden/parity.json keeps them, and kubectl is only asked when knarr's answer is another one.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainLine } from './line.mjs';
import { outcomeOf } from './side.mjs';

/** What an answer may depend on: kubectl, the lines up to this one, and the files that they name. */
function keys(scenario, version, files) {
  const hash = createHash('sha256').update(version);
  const seen = new Set();
  return scenario.steps.map(({ line }) => {
    hash.update(`\n${line}`);
    for (const [, name] of line.matchAll(/\$DIR\/([\w./-]+)/g)) {
      if (!seen.has(name)) update(hash, join(files, name));
      seen.add(name);
    }
    return hash.copy().digest('hex').slice(0, 16);
  });
}

function update(hash, path) {
  if (!existsSync(path)) return;
  hash.update(`\n${path.split('/').at(-1)}\n`);
  if (!statSync(path).isDirectory()) hash.update(readFileSync(path));
  else for (const name of readdirSync(path).sort()) update(hash, join(path, name));
}

/** `renew`: make the record anew, or with `adds` more of it. `version`: of kubectl. */
export function openRecord(file, { version, dir, renew, adds }) {
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const kept = adds ? { ...before } : {};
  return {
    /** → { recorded(index), keep(index, …) } of the steps of a scenario */
    of(scenario) {
      const names = keys(scenario, version, join(dir, 'files'));
      return {
        recorded: (index) => (renew ? undefined : before[names[index]]),
        async keep(index, side, answer, kubeconfigBefore) {
          if (!renew || !(await needsNoCluster(scenario.steps[index].line, side, answer, kubeconfigBefore))) return;
          const old = before[names[index]];
          if (old && JSON.stringify(old) !== JSON.stringify(answer.tidy)) return;
          kept[names[index]] = answer.tidy;
        },
      };
    },
    save() {
      const sorted = Object.fromEntries(Object.entries(kept).sort());
      if (renew) writeFileSync(file, `${JSON.stringify(sorted, undefined, 1)}\n`);
    },
  };
}

const nowhere = '127.0.0.1:1';
const writes = /^k (-\S+ )*config (set|unset|use|delete|rename)/;

/** Whether kubectl gives the same answer where no server answers, and leaves its kubeconfig as it is. */
async function needsNoCluster(line, side, answer, kubeconfigBefore) {
  if (!plainLine(line, side.env) || writes.test(line)) return false;
  if (readFileSync(side.env.KUBECONFIG, 'utf8') !== kubeconfigBefore) return false;
  const KUBECONFIG = `${side.env.KUBECONFIG}-nowhere`;
  writeFileSync(KUBECONFIG, kubeconfigBefore.replaceAll(side.server, nowhere));
  const { tidy } = await outcomeOf(line, { ...side, server: nowhere, env: { ...side.env, KUBECONFIG } });
  return JSON.stringify(tidy) === JSON.stringify(answer.tidy);
}
