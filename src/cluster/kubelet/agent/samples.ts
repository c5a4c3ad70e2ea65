import type { Pod } from '../../../api/generated/core.v1';
import type { ContainerStats, Runtime, Sandbox } from '../../../runtime/port';

export interface KnownPod {
  readonly pod: Pod;
  readonly sandboxes: readonly Sandbox[];
}

/** What one container has used since it started. The API server's node agent has the same shape. */
export interface ContainerSample extends ContainerStats {
  nodeName: string;
  podUid: string;
  container: string;
  startedAtMs: number;
}

/** Of the containers of a pod that run. One that ends meanwhile is left out. */
export async function podSamples(runtime: Runtime, { pod, sandboxes }: KnownPod): Promise<Omit<ContainerSample, 'nodeName'>[]> {
  const running = sandboxes.flatMap(({ containers }) => containers).filter(({ state }) => state === 'running');
  const samples = await Promise.all(running.map(async ({ id, name, startedAtMs, createdAtMs }) => {
    const stats = await runtime.stats(id, pod.metadata.annotations);
    return stats && { podUid: pod.metadata.uid ?? '', container: name, startedAtMs: startedAtMs ?? createdAtMs, ...stats };
  }));
  return samples.filter((sample) => sample !== undefined);
}
