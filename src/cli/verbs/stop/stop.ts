import { profilePaths, runningDaemon } from '../../../client/profile';
import type { Output } from '../../cluster/progress';
import { endDaemon } from '../../cluster/end';

export interface StopOptions {
  home: string;
  profile: string;
  out: Output;
}

/** Stopping what does not run is no error: scripts clean up twice. */
export async function stop({ home, profile, out }: StopOptions): Promise<void> {
  const pid = runningDaemon(profilePaths(home, profile));
  if (pid === undefined) return void out.write(`Cluster "${profile}" is not running.\n`);
  await endDaemon(profilePaths(home, profile), pid);
  out.write(`Cluster "${profile}" stopped.\n`);
}
