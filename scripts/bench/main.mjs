// npm run bench [-- FILTER]: each figure with its limit, as a ratio measured in one run where there is something to compare with.
import { benchCommands } from './commands.mjs';
import { benchDockerMany } from './docker-many.mjs';
import { benchDockerReady } from './docker-ready.mjs';
import { benchNetwork } from './network/index.mjs';
import { benchScheduler } from './scheduler.mjs';
import { benchServing } from './serving/index.mjs';
import { benchSimScale } from './sim-scale.mjs';
import { benchMemory, benchStart } from './start.mjs';
import { benchStartFull } from './start-full.mjs';

const benches = { commands: benchCommands, start: benchStart, 'start-full': benchStartFull, memory: benchMemory, docker: benchDockerReady, 'docker-many': benchDockerMany, 'sim-scale': benchSimScale, scheduler: benchScheduler, serving: benchServing, network: benchNetwork };
const filter = process.argv[2];

for (const [key, bench] of Object.entries(benches)) {
  if (filter && !key.includes(filter)) continue;
  for (const result of [await bench()].flat()) show(result);
}

function show({ name, value, limit, detail, skipped }) {
  if (skipped) console.log(`${name.padEnd(54)} skipped: ${skipped}`);
  else if (limit === undefined) console.log(`${name.padEnd(54)} ${value.toFixed(2).padStart(7)}  ${detail}`);
  else console.log(`${name.padEnd(54)} ${value.toFixed(2).padStart(7)}  (at most ${Number(limit.toFixed(2))})  ${value <= limit ? 'ok' : 'OVER'}  ${detail}`);
}
