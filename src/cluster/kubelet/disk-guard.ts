import { diskVolumes, isDiskLimited, overDiskLimit } from './decide/disk';
import type { Host } from './pod/host';
import type { PodRunner } from './pod/runner';
import { runtimeUid } from './spec/uid';

/** As upstream's eviction manager. */
const lookEveryMs = 10_000;

type Guarded = Pick<Host, 'runtime' | 'clock' | 'log'>;

/** Drives out pods that take more of the node's disk than their limits allow. Returns what ends it. */
export function startDiskGuard({ runtime, clock, log }: Guarded, runners: () => Iterable<PodRunner>): () => void {
  let isStopped = false;
  let cancel: () => void = () => undefined;

  const guard = async (runner: PodRunner) => {
    const message = await overLimit(runtime, runner);
    if (message !== undefined && !isStopped) runner.evict(message);
  };
  const look = async () => {
    const limited = [...runners()].filter(({ pod }) => isDiskLimited(pod));
    await Promise.all(limited.map((runner) => guard(runner).catch((error: unknown) => log(`pod ${runner.pod.metadata.namespace}/${runner.pod.metadata.name}: cannot measure its disk: ${String(error)}`))));
    lookLater();
  };
  const lookLater = () => {
    if (!isStopped) cancel = clock.schedule(lookEveryMs, () => void look());
  };
  lookLater();
  return () => {
    isStopped = true;
    cancel();
  };
}

async function overLimit(runtime: Guarded['runtime'], { pod, sandboxes }: PodRunner): Promise<string | undefined> {
  const found = sandboxes.flatMap(({ containers }) => containers);
  const { volumes, containers } = await runtime.diskUsage(runtimeUid(pod), { volumes: diskVolumes(pod), containers: found.map(({ id }) => id) }, pod.metadata.annotations);
  const byName: Record<string, number> = {};
  for (const { id, name } of found) byName[name] = (byName[name] ?? 0) + (containers[id] ?? 0);
  return overDiskLimit(pod, { volumes, containers: byName });
}
