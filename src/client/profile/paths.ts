import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

export const defaultProfile = 'knarr';

/** Where everything of one profile lies. Nothing of it is shared with another profile. */
export interface ProfilePaths {
  profile: string;
  dir: string;
  /** The daemon's pid and a line break, as long as it runs. */
  pidFile: string;
  settingsFile: string;
  logFile: string;
  pkiDir: string;
  storeDir: string;
  /** The files of PersistentVolumes, a folder each. */
  volumesDir: string;
}

/** $KNARR_HOME, by default ~/.knarr. */
export function knarrHome(env: NodeJS.ProcessEnv): string {
  return env.KNARR_HOME ? resolve(env.KNARR_HOME) : join(env.HOME || homedir(), '.knarr');
}

export function profilePaths(home: string, profile: string): ProfilePaths {
  const dir = join(home, profile);
  return {
    profile,
    dir,
    pidFile: join(dir, 'knarr.pid'),
    settingsFile: join(dir, 'settings.json'),
    logFile: join(dir, 'daemon.log'),
    pkiDir: join(dir, 'pki'),
    storeDir: join(dir, 'store'),
    volumesDir: join(dir, 'volumes'),
  };
}

/** A profile names a folder, a kubeconfig context and Docker objects: the strictest of their rules is a DNS label. */
export function profileNameProblem(name: string): string | undefined {
  if (/^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/.test(name)) return undefined;
  return `"${name}" is no profile name: use at most 40 lower-case letters, digits and inner dashes`;
}
