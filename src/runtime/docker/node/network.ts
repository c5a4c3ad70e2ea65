import type Docker from 'dockerode';
import { RuntimeFailure } from '../../port';
import { labels, networkName } from './names';

/** The bridge that the profile's node containers share; the engine chooses a free subnet. */
export async function ensureNetwork(docker: Docker, profile: string, onStep: (step: string) => void): Promise<{ gateway: string }> {
  const name = networkName(profile);
  const known = await inspect(docker, name);
  if (known) return known;
  onStep(`Creating the network ${name}`);
  await docker.createNetwork({ Name: name, Driver: 'bridge', CheckDuplicate: true, Labels: { [labels.profile]: profile, [labels.role]: 'network' } })
    // Somebody made it in between.
    .catch(ignoreStatus(409));
  const made = await inspect(docker, name);
  if (!made) throw new RuntimeFailure('Failed', `the engine made no gateway for the network ${name}`);
  return made;
}

/** Harmless when it is gone, or when containers of the profile are still on it. */
export async function removeNetwork(docker: Docker, profile: string): Promise<void> {
  await docker.getNetwork(networkName(profile)).remove().catch(ignoreStatus(403, 404, 409));
}

async function inspect(docker: Docker, name: string): Promise<{ gateway: string } | undefined> {
  const found = (await docker.getNetwork(name).inspect().catch(ignoreStatus(404))) as { IPAM?: { Config?: { Gateway?: string }[] } } | undefined;
  const gateway = found?.IPAM?.Config?.find((config) => config.Gateway?.includes('.'))?.Gateway;
  return gateway ? { gateway } : undefined;
}

/** For `catch`: swallows these answers of the engine, rethrows the rest. */
export function ignoreStatus(...codes: number[]): (error: { statusCode?: number }) => undefined {
  return (error) => {
    if (error.statusCode !== undefined && codes.includes(error.statusCode)) return undefined;
    throw error;
  };
}
