import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { httpClient, type RestClient } from '../../../src/client/http';
import type { Connection } from '../../../src/client/connection';
import { loadKubeconfig, resolveConnection } from '../../../src/client/kubeconfig';
import { knarrPath } from '../../support/cluster';
import type { Outcome } from '../../support/oracle';
import { runAsync } from '../../support/process';
import { lock } from './lock';

export type Runtime = 'sim' | 'docker';

/** A cluster that rows of all files and processes of a run share. The run destroys it. */
export interface SharedCluster {
  readonly name: string;
  readonly kubeconfig: string;
  readonly env: NodeJS.ProcessEnv;
  /** As the cluster's administrator. */
  readonly connection: Connection;
  readonly client: RestClient;
  /** Runs a program as the cluster's administrator. */
  run(program: string, args: readonly string[], stdin?: string): Promise<Outcome>;
}

const home = process.env.KNARR_CONFORMANCE_HOME;
const opened = new Map<string, Promise<SharedCluster>>();

/** `alone`: the cluster of the rows that must not see others; its users take turns by `turn`. */
export function sharedCluster(runtime: Runtime, alone: boolean): Promise<SharedCluster> {
  const name = alone ? `${runtime}-alone` : runtime;
  const known = opened.get(name) ?? open(name, runtime);
  opened.set(name, known);
  return known;
}

/** Waits for the cluster that is used alone; returns what hands it on. */
export const turn = (cluster: SharedCluster): Promise<() => void> => lock(join(homeDirectory(), `${cluster.name}.turn`));

export async function closeClusters(): Promise<void> {
  for (const cluster of opened.values()) await cluster.then(({ client }) => client.close(), () => undefined);
  opened.clear();
}

async function open(name: string, runtime: Runtime): Promise<SharedCluster> {
  const directory = homeDirectory();
  const kubeconfig = join(directory, `${name}.kubeconfig`);
  const env = { ...process.env, HOME: directory, KNARR_HOME: join(directory, 'state'), KUBECONFIG: kubeconfig, NO_COLOR: '1' };
  await startOnce(join(directory, `${name}.started`), `${basename(directory)}-${name}`, runtime, env);
  const connection = resolveConnection(await loadKubeconfig({ explicit: kubeconfig, env: {}, home: directory }));
  return {
    name, kubeconfig, env, connection, client: httpClient(connection),
    run: (program, args, stdin) => runAsync(program, args, env, stdin),
  };
}

/** The first one to come starts it; the others wait. What went wrong once is told to all. */
async function startOnce(started: string, profile: string, runtime: Runtime, env: NodeJS.ProcessEnv): Promise<void> {
  const release = await lock(`${started}.lock`);
  try {
    if (!existsSync(started)) writeFileSync(started, await start(profile, runtime, env));
    const failure = readFileSync(started, 'utf8');
    if (failure) throw new Error(failure);
  } finally {
    release();
  }
}

/** Resolves to '' or to what went wrong. */
async function start(profile: string, runtime: Runtime, env: NodeJS.ProcessEnv): Promise<string> {
  const args = ['start', '--profile', profile, '--runtime', runtime, '--nodes', '2', '--api-port', String(await freePort())];
  const { code, stdout, stderr } = await runAsync(knarrPath, args, env);
  return code === 0 ? '' : `knarr start: exit code ${code}\n${stdout}${stderr}`;
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

function homeDirectory(): string {
  if (!home) throw new Error('rows run by: npm run conformance [-- PATTERN]');
  return home;
}
