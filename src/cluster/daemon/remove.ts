import type { Clock, Random } from '../../api/clock';
import { profilePaths, readSettings, type StartEvent } from '../../client/profile';
import type { DaemonOptions } from './options';

/** Removes what the profile left in the container engine: containers, volumes, networks. The state folder is the caller's. */
export async function removeEverything(options: DaemonOptions, { clock, report }: { clock: Clock; random: Random; report: (event: StartEvent) => void }): Promise<void> {
  const paths = profilePaths(options.home, options.profile);
  const settings = await readSettings(paths).catch(() => undefined);
  if (settings?.runtime === 'sim') return;
  const { destroyDockerObjects } = await import('../../runtime/docker');
  await destroyDockerObjects({ profile: options.profile, stateDir: paths.dir, clock, onStep: (message) => report({ type: 'step', message }) });
}
