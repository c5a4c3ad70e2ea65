import { join } from 'node:path';
import { defaultProfile, knarrHome, profileNameProblem } from '../../client/profile';
import type { Environment } from '../session';
import { kubeconfigPath } from './context';

/** What every verb about a local cluster needs: which one, and where its things lie. */
export interface ClusterTarget {
  home: string;
  profile: string;
  kubeconfig: string;
  /** dist/daemon.cjs, beside the bundle that runs. */
  daemonEntry: string;
  env: NodeJS.ProcessEnv;
}

/** Throws when the profile's name cannot be one. */
export function clusterTarget({ env, home }: Environment, flags: { profile: string; kubeconfig: string }): ClusterTarget {
  const profile = flags.profile || env['KNARR_PROFILE'] || defaultProfile;
  const problem = profileNameProblem(profile);
  if (problem) throw new Error(problem);
  return {
    home: knarrHome({ ...env, HOME: home }),
    profile,
    kubeconfig: flags.kubeconfig || kubeconfigPath(env, home),
    daemonEntry: join(__dirname, 'daemon.cjs'),
    env,
  };
}
