import { editKubeconfig, readKubeconfig } from '../../../client/kubeconfig';
import type { Capacity } from '../../../client/machine';
import { profilePaths, readSettings, runningDaemon, type RuntimeName, type StartEvent } from '../../../client/profile';
import { addContext, refuseForeignContext } from '../../cluster/context';
import { createProgress, type Output } from '../../cluster/progress';
import { spawnDaemon } from '../../cluster/spawn';

export interface StartOptions {
  home: string;
  profile: string;
  runtime: RuntimeName | 'auto';
  apiPort?: number;
  httpPort?: number;
  httpsPort?: number;
  nodes?: number;
  capacity?: Capacity;
  /** Absolute paths. */
  audit?: { policyFile: string; path: string; maxAgeDays: number; maxBackups: number; maxSizeMB: number };
  tokenAuthFile?: string;
  runtimeConfig?: string;
  legacyApis?: boolean;
  output: 'text' | 'json';
  kubeconfig: string;
  /** dist/daemon.cjs */
  daemonEntry: string;
  env: NodeJS.ProcessEnv;
  out: Output;
}

type Ready = Extract<StartEvent, { type: 'ready' }>;

/** Resolves when the cluster is ready and its context is written. Rejects with what to tell the user. */
export async function start(options: StartOptions): Promise<void> {
  const { home, profile, kubeconfig, out, output } = options;
  const paths = profilePaths(home, profile);
  // Looked at before anything starts: a kubeconfig that cannot be written must not leave a cluster behind.
  refuseForeignContext(await readKubeconfig(kubeconfig), profile, kubeconfig);

  const pid = runningDaemon(paths);
  if (pid !== undefined) return alreadyRunning(options, pid);

  const progress = createProgress(out, output);
  try {
    const ready = await followStart(options, progress.show);
    await writeContext(options, ready.apiServer);
    progress.show(ready);
    if (output === 'text') out.write(closing(ready));
  } finally {
    progress.done();
  }
}

async function followStart(options: StartOptions, show: (event: StartEvent) => void): Promise<Ready> {
  const { home, profile, runtime, apiPort, httpPort, httpsPort, nodes, capacity, audit, tokenAuthFile, runtimeConfig, legacyApis, kubeconfig, daemonEntry, env } = options;
  const daemon = { verb: 'serve' as const, entry: daemonEntry, options: { home, profile, runtime, apiPort, httpPort, httpsPort, nodes, capacity, audit, tokenAuthFile, runtimeConfig, legacyApis, kubeconfig } };
  for await (const event of spawnDaemon(daemon, profilePaths(home, profile), env)) {
    if (event.type === 'error') throw new Error(event.message);
    if (event.type === 'ready') return event;
    show(event);
  }
  throw new Error('the daemon said nothing');
}

async function writeContext({ kubeconfig, profile, home }: StartOptions, server: string): Promise<void> {
  await editKubeconfig(kubeconfig, (config) => addContext(config, profile, server, profilePaths(home, profile)));
}

async function alreadyRunning(options: StartOptions, pid: number): Promise<void> {
  const { profile, home, out, output } = options;
  const settings = await readSettings(profilePaths(home, profile));
  if (settings) await writeContext(options, `https://127.0.0.1:${settings.apiPort}`);
  const message = `Cluster "${profile}" runs already (pid ${pid}).`;
  out.write(output === 'json' ? JSON.stringify({ type: 'notice', message }) + '\n' : `${message}\n`);
}

const runtimeWords: Record<RuntimeName, string> = { docker: 'on Docker', sim: 'on the simulated runtime' };

const closing = ({ profile, runtime, apiServer, context }: Ready): string =>
  `Cluster "${profile}" is ready ${runtimeWords[runtime]}: ${apiServer}, context "${context}".\n`;
