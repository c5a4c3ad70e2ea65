// node scripts/simulate.mjs [--seconds 240] [--from 1]: random lives of the control plane, as many as fit in the time, on all cores.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadSource } from './bench/load-source.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '240' }, from: { type: 'string', default: '1' }, step: { type: 'string' } } });
const [seconds, from] = [Number(values.seconds), Number(values.from)];

/** Which test lives a life again. */
const tests = { deployment: 'seeds', workload: 'workload-seeds', policy: 'policy-seeds', container: 'container-seeds' };

async function live() {
  const lives = await loadSource(`
    export { live as deployment } from './test/simulation/deployment-life';
    export { live as workload } from './test/simulation/workload-life';
    export { live as policy } from './test/simulation/policy-life';
    export { live as container } from './test/simulation/container-life';`);
  const untilMs = performance.now() + seconds * 1000;
  let count = 0;
  for (let seed = from; performance.now() < untilMs; seed += Number(values.step)) {
    for (const name of Object.keys(tests)) {
      const trouble = await lives[name](seed);
      if (trouble.length) process.send({ failure: `SEED=${seed} npx jest test/simulation/${tests[name]}.test: ${[...new Set(trouble)].slice(0, 5).join('; ')}` });
      count++;
    }
  }
  const { user, system } = process.cpuUsage();
  process.send({ count, cpuMs: (user + system) / 1000 }, () => process.exit(0));
}

function worker(index, step) {
  const child = fork(fileURLToPath(import.meta.url), ['--seconds', String(seconds), '--from', String(from + index), '--step', String(step)], { execArgv: ['--max-semi-space-size=16'] });
  const outcome = { count: 0, cpuMs: 0, failures: [] };
  child.on('message', ({ failure, ...counts }) => {
    if (failure) outcome.failures.push(failure);
    else Object.assign(outcome, counts);
  });
  return new Promise((resolve, reject) => {
    child.on('exit', (code) => (code === 0 ? resolve(outcome) : reject(new Error(`a worker ended with ${code}`))));
  });
}

async function all() {
  const step = availableParallelism();
  const outcomes = await Promise.all(Array.from({ length: step }, (_, index) => worker(index, step)));
  const sum = (part) => outcomes.reduce((total, outcome) => total + outcome[part], 0);
  const failures = outcomes.flatMap((outcome) => outcome.failures);
  for (const failure of failures) console.log(failure);
  console.log(`${sum('count')} lives in ${seconds} s, ${(sum('cpuMs') / sum('count')).toFixed(0)} ms of CPU each, ${failures.length} failed`);
  process.exitCode = failures.length ? 1 : 0;
}

await (values.step ? live() : all());
