// The API server over TLS against a bare Node server that does the least for the same requests, in turns, in one run.
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { median, nowMs } from '../stats.mjs';
import { Connection, get, post } from './connection.mjs';
import { pod } from './pod.mjs';

const seconds = Number(process.env.BENCH_SECONDS ?? 1.5);
const warmUpSeconds = 1;
const turns = 3;
const listed = Number(process.env.BENCH_LISTED ?? 10_000);
const watcherCount = 100;
const podsPath = '/api/v1/namespaces/default/pods';
const peer = fileURLToPath(new URL('peer.mjs', import.meta.url));

async function start(role, directory) {
  mkdirSync(join(directory, role));
  const profile = process.env.BENCH_PROF && role === 'api' ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROF}`] : [];
  const child = spawn(process.execPath, [...profile, peer, role, join(directory, role), String(listed)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const nextLine = () => new Promise((resolve) => lines.once('line', resolve));
  return {
    ...JSON.parse(await nextLine()), role,
    async cpuMs() {
      child.stdin.write('\n');
      return Number(await nextLine());
    },
    async stop() {
      child.stdin.end();
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/** Requests a second and the 99th percentile of their time, with so many connections that each wait for their answer. */
async function load(server, connections, request, code, forSeconds = seconds) {
  const open = await Promise.all(Array.from({ length: connections }, () => Connection.open(server)));
  const times = [];
  const cpuMs = await server.cpuMs();
  const beginMs = nowMs();
  const endMs = beginMs + forSeconds * 1000;
  await Promise.all(open.map(async (connection) => {
    while (nowMs() < endMs) {
      const sentMs = nowMs();
      const answer = await connection.send(request());
      if (answer.code !== code) throw new Error(`${server.role} answered ${answer.code}`);
      times.push(nowMs() - sentMs);
    }
  }));
  const perSecond = times.length / ((nowMs() - beginMs) / 1000);
  const cpuUs = ((await server.cpuMs()) - cpuMs) * 1000 / times.length;
  for (const connection of open) connection.close();
  times.sort((a, b) => a - b);
  return { perSecond, cpuUs, p99Ms: times[Math.floor(times.length * 0.99)] };
}

/** Both in turns. The value is how much longer a request takes than on the floor. */
async function compare({ name, limit, connections, ours, theirs, code }, api, floor) {
  // Until the code is compiled, which is what it is in a server that runs.
  for (const [server, request] of [[api, ours], [floor, theirs]]) await load(server, connections * 8, request, code, warmUpSeconds);
  const runs = [];
  for (let turn = 0; turn < turns; turn++) runs.push({ ours: await load(api, connections, ours, code), theirs: await load(floor, connections, theirs, code) });
  const middle = (of, what) => median(runs.map((run) => run[of][what]));
  const show = (of) => `${middle(of, 'perSecond').toFixed(0)}/s p99 ${middle(of, 'p99Ms').toFixed(1)} ms, CPU ${middle(of, 'cpuUs').toFixed(0)} µs`;
  return { name: `${name}, time / floor`, value: median(runs.map((run) => run.theirs.perSecond / run.ours.perSecond)), limit, detail: `${show('ours')}; floor ${show('theirs')}` };
}

let created = 0;
const newPod = () => JSON.stringify(pod(`bench-${created++}`));

const cases = [
  { name: 'GET pod, 32 connections', limit: 1 / 0.6, connections: 32, ours: () => get(`${podsPath}/listed-7`), theirs: () => get('/one'), code: 200 },
  { name: `LIST ${listed} pods, 1 connection`, limit: 3, connections: 1, ours: () => get(podsPath), theirs: () => get('/list'), code: 200 },
  { name: 'CREATE pod, durable, 1 connection', limit: 1 / 0.6, connections: 1, ours: () => post(podsPath, newPod()), theirs: () => post('/create', newPod()), code: 201 },
  { name: 'CREATE pod, durable, 32 connections', limit: 1 / 0.6, connections: 32, ours: () => post(podsPath, newPod()), theirs: () => post('/create', newPod()), code: 201 },
];

/** Events a second that reach 100 watchers while 8 connections create. */
async function fanOut(server, watchPath, request) {
  let bytes = 0;
  const watchers = await Promise.all(Array.from({ length: watcherCount }, () => Connection.open(server)));
  for (const watcher of watchers) watcher.stream(get(watchPath), (chunk) => void (bytes += chunk.length));
  await new Promise((resolve) => setTimeout(resolve, 300));
  bytes = 0;
  const { perSecond } = await load(server, 8, request, 201);
  for (const watcher of watchers) watcher.close();
  return { perSecond: perSecond * watcherCount, bytes };
}

async function compareFanOut(api, floor) {
  const runs = [];
  for (let turn = 0; turn < turns; turn++) {
    runs.push({
      ours: await fanOut(api, `/api/v1/namespaces/turn-${turn}/pods?watch=true`, () => post(`/api/v1/namespaces/turn-${turn}/pods`, newPod())),
      theirs: await fanOut(floor, '/watch', () => post('/create', newPod())),
    });
  }
  const show = (of) => `${median(runs.map((run) => run[of].perSecond)).toFixed(0)} events/s`;
  return { name: `${watcherCount} watchers of pods, time / floor`, value: median(runs.map(({ ours, theirs }) => theirs.perSecond / ours.perSecond)), detail: `${show('ours')}; floor ${show('theirs')}` };
}

export async function benchServing() {
  const directory = mkdtempSync(join(tmpdir(), 'knarr-bench-'));
  const api = await start('api', directory);
  const floor = await start('floor', directory);
  try {
    const results = [];
    for (const each of cases) if (!process.env.BENCH_CASE || each.name.includes(process.env.BENCH_CASE)) results.push(await compare(each, api, floor));
    if (!process.env.BENCH_CASE || 'watchers'.includes(process.env.BENCH_CASE)) results.push(await compareFanOut(api, floor));
    return results;
  } finally {
    await Promise.all([api.stop(), floor.stop()]);
    rmSync(directory, { recursive: true, force: true });
  }
}
