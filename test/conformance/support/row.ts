import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
// Jest loads nothing while a concurrent test ends: what the client loads when it first needs it is loaded here.
import 'ws';
import '../../../src/api/yaml';
import { readRows, unshowableMark } from '../../../scripts/conformance/rows.cjs';
import { knarrPath } from '../../support/cluster';
import { kubectlPath } from '../../support/oracle';
import { closeClusters, sharedCluster, turn, type Runtime, type SharedCluster } from './clusters';
import { openContext, type RowContext } from './context';

export type { RowContext } from './context';

export interface RowOptions {
  /** Of the row itself, without the wait for its cluster. */
  readonly timeoutMs?: number;
  /** On a cluster that nobody else uses meanwhile: for rows that change nodes or look at all there is. */
  readonly alone?: boolean;
  /** With the real kubectl and, at the same time in another namespace, with knarr in its place. */
  readonly bothClients?: boolean;
}

type Body = (t: RowContext) => Promise<void>;

const root = join(__dirname, '../../..');
const rows = new Map(readRows().map((row) => [row.codename, row]));
const wanted = process.env.KNARR_CONFORMANCE_ROWS;
const selected = wanted ? new Set(JSON.parse(readFileSync(wanted, 'utf8')) as string[]) : undefined;
/** Of starting a cluster, and of the rows before this one where it is used alone. */
const waitMs = 900_000;

/** A row that needs no containers: pods are simulated. */
export function row(codename: string, body: Body, options: RowOptions = {}): void {
  declare(codename, 'sim', body, { timeoutMs: 300_000, ...options });
}

/** A row whose containers are real. */
export function rowOnDocker(codename: string, body: Body, options: RowOptions = {}): void {
  declare(codename, 'docker', body, { timeoutMs: 900_000, ...options });
}

/** A row that no test can show on this kind of machine: `reason` says what is missing. */
export function unshowable(codename: string, reason: string): void {
  check(codename);
  test.skip(`${codename}${unshowableMark}${reason}`, () => undefined);
}

function declare(codename: string, runtime: Runtime, body: Body, options: RowOptions & { timeoutMs: number }): void {
  check(codename);
  if (selected && !selected.has(codename)) test.skip(codename, () => undefined);
  else test.concurrent(codename, () => run(runtime, body, options), options.timeoutMs + waitMs);
}

/** A row has its exact name, and its place follows from upstream's. */
function check(codename: string): void {
  const known = rows.get(codename);
  if (!known) throw new Error(`${codename}: there is no such row in scripts/facts/conformance-1.28.tsv`);
  const here = relative(root, expect.getState().testPath ?? '');
  if (here !== known.file) throw new Error(`${codename} belongs into ${known.file}`);
}

async function run(runtime: Runtime, body: Body, { timeoutMs, alone = false, bothClients = false }: RowOptions & { timeoutMs: number }): Promise<void> {
  const cluster = await sharedCluster(runtime, alone);
  const release = alone ? await turn(cluster) : () => undefined;
  try {
    const programs = [kubectlPath(), ...(bothClients ? [knarrPath] : [])];
    const outcomes = await Promise.allSettled(programs.map((program) => runWith(program, cluster, body, timeoutMs)));
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
  } finally {
    release();
  }
}

async function runWith(program: string, cluster: SharedCluster, body: Body, timeoutMs: number): Promise<void> {
  const over = new AbortController();
  const { context, end } = await openContext(cluster, over.signal, program);
  try {
    await Promise.race([body(context), timeLimit(timeoutMs, over.signal)]);
  } finally {
    over.abort();
    await end();
  }
}

function timeLimit(timeoutMs: number, signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the row did not end within ${timeoutMs / 1000} s`)), timeoutMs);
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  });
}

afterAll(closeClusters);
