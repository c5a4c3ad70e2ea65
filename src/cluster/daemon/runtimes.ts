import type { Clock, Random } from '../../api/clock';
import type { RuntimeName } from '../../client/profile';
import type { Runtime } from '../../runtime/port';

export interface RuntimeRequest {
  wanted: RuntimeName | 'auto';
  /** What the profile ran on the last time; its pods are there. */
  last?: RuntimeName;
  profile: string;
  stateDir: string;
  clock: Clock;
  random: Random;
}

export interface ChosenRuntime {
  runtime: Runtime;
  /** Why it is not what one might have expected. */
  notice?: string;
}

/** Docker where an engine answers, unless told otherwise. Rejects when Docker was asked for by name and does not answer. */
export async function chooseRuntime(request: RuntimeRequest): Promise<ChosenRuntime> {
  const wanted = request.wanted === 'auto' ? (request.last ?? 'auto') : request.wanted;
  if (wanted === 'sim') return { runtime: await simRuntime(request) };
  const { createDockerRuntime } = await import('../../runtime/docker');
  const docker = createDockerRuntime(request);
  const problem = await docker.info().then(() => undefined, (error: Error) => error.message);
  if (problem === undefined) return { runtime: docker };
  await docker.close();
  if (wanted === 'docker') throw new Error(`no Docker engine answers (${problem}); start it, or use --runtime sim`);
  return {
    runtime: await simRuntime(request),
    notice: 'No Docker engine answers: pods run on the simulated runtime (no real containers).',
  };
}

async function simRuntime({ clock, random }: RuntimeRequest): Promise<Runtime> {
  const { createSimRuntime } = await import('../../runtime/sim');
  return createSimRuntime({ clock, random });
}
