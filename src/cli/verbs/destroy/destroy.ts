import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { editKubeconfig } from '../../../client/kubeconfig';
import { profilePaths, readSettings, runningDaemon } from '../../../client/profile';
import { removeContext } from '../../cluster/context';
import { endDaemon } from '../../cluster/end';
import type { Output } from '../../cluster/progress';
import { spawnDaemon } from '../../cluster/spawn';

export interface DestroyOptions {
  home: string;
  profile: string;
  kubeconfig: string;
  daemonEntry: string;
  env: NodeJS.ProcessEnv;
  out: Output;
}

/** Removes containers, networks, volumes, the profile's folder and its context; nothing else. */
export async function destroy(options: DestroyOptions): Promise<void> {
  const { home, profile, out } = options;
  const paths = profilePaths(home, profile);
  if (!existsSync(paths.dir)) return void out.write(`There is no cluster "${profile}".\n`);
  const pid = runningDaemon(paths);
  if (pid !== undefined) await endDaemon(paths, pid);
  const kubeconfig = (await readSettings(paths).catch(() => undefined))?.kubeconfig ?? options.kubeconfig;
  await removeEngineObjects(options);
  if (existsSync(kubeconfig)) await editKubeconfig(kubeconfig, (config) => removeContext(config, profile));
  await rm(paths.dir, { recursive: true, force: true });
  out.write(`Cluster "${profile}" is gone.\n`);
}

async function removeEngineObjects({ home, profile, kubeconfig, daemonEntry, env }: DestroyOptions): Promise<void> {
  const daemon = { verb: 'remove' as const, entry: daemonEntry, options: { home, profile, runtime: 'auto', kubeconfig } };
  for await (const event of spawnDaemon(daemon, profilePaths(home, profile), env)) {
    if (event.type === 'error') throw new Error(event.message);
  }
}
