import type { Clock } from '../../../api/clock';
import type { Container as ContainerSpec, Pod, Probe } from '../../../api/generated/core.v1';
import type { Container, Sandbox } from '../../../runtime/port';
import type { ProbeType, ProbeVerdict } from '../decide/view';
import { isInPostStart, isSidecar } from '../decide/view';
import { runtimeId } from '../status/containers';
import type { ProbeOutcome, ProbeTarget } from './probe';
import { count, noResults, verdictOf, type Tally } from './tally';

export interface ProbesOptions {
  clock: Clock;
  run: (type: ProbeType, probe: Probe, target: ProbeTarget) => Promise<ProbeOutcome>;
  /** A verdict changed. */
  onChange: () => void;
  onUnhealthy: (container: ContainerSpec, message: string) => void;
}

interface Worker {
  verdict: ProbeVerdict;
  stop: () => void;
}

const field = { startup: 'startupProbe', liveness: 'livenessProbe', readiness: 'readinessProbe' } as const;
const title = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' } as const;

/** The probes of one pod's containers. Keyed by container id and type: a new container starts with a clean slate. */
export class PodProbes {
  private readonly workers = new Map<string, Worker>();

  constructor(private readonly options: ProbesOptions) {}

  verdict(containerId: string, type: ProbeType): ProbeVerdict {
    return this.workers.get(`${containerId} ${type}`)?.verdict;
  }

  /** Starts and stops probes so that they fit what runs and is through with its start. */
  update(pod: Pod, sandbox: Sandbox | undefined, podIP: string, inFlight: ReadonlySet<string>): void {
    const wanted = new Set<string>();
    const specs = [...pod.spec.containers, ...(pod.spec.initContainers ?? []).filter(isSidecar)];
    for (const spec of specs) {
      const instance = sandbox?.containers.find(({ name, state }) => name === spec.name && state === 'running');
      if (!instance || isInPostStart({ inFlight }, spec)) continue;
      for (const type of this.wantedTypes(pod, spec, instance.id)) {
        const key = `${instance.id} ${type}`;
        wanted.add(key);
        if (!this.workers.has(key)) this.workers.set(key, this.start(type, spec, instance, pod, podIP));
      }
    }
    for (const [key, worker] of this.workers) if (!wanted.has(key)) this.drop(key, worker);
  }

  stop(): void {
    for (const [key, worker] of this.workers) this.drop(key, worker);
  }

  /** While a container starts up only that is probed; while its pod ends only readiness is. */
  private wantedTypes(pod: Pod, spec: ContainerSpec, id: string): ProbeType[] {
    const types: ProbeType[] = spec.startupProbe ? ['startup'] : [];
    if (!spec.startupProbe || this.verdict(id, 'startup') === 'success') types.push('liveness', 'readiness');
    return types.filter((type) => spec[field[type]] && (type !== 'liveness' || !pod.metadata.deletionTimestamp));
  }

  private drop(key: string, worker: Worker): void {
    worker.stop();
    this.workers.delete(key);
  }

  private start(type: ProbeType, container: ContainerSpec, instance: Container, pod: Pod, podIP: string): Worker {
    const { clock } = this.options;
    const probe = container[field[type]]!;
    const target: ProbeTarget = { containerId: instance.id, container, podIP };
    const firstAtMs = (instance.startedAtMs ?? clock.now()) + (probe.initialDelaySeconds ?? 0) * 1000;
    let tally: Tally = noResults;
    let isStopped = false;
    let cancel: () => void = () => undefined;
    const worker: Worker = {
      verdict: remembered(pod, instance, type),
      stop: () => {
        isStopped = true;
        cancel();
      },
    };
    if (type === 'startup' && worker.verdict === 'success') return worker;
    const again = () => {
      cancel = clock.schedule((probe.periodSeconds ?? 10) * 1000, () => void tick());
    };
    const tick = async () => {
      const { result, output } = await this.options.run(type, probe, target);
      if (isStopped) return;
      if (result !== 'success') this.options.onUnhealthy(container, `${title[type]} probe ${result === 'failure' ? 'failed' : 'errored'}: ${output}`);
      if (result !== 'unknown') tally = count(tally, result);
      const verdict = verdictOf(tally, probe);
      const isChanged = verdict !== undefined && verdict !== worker.verdict;
      // After this verdict the container is restarted, or the probe has done its work.
      const isDone = type === 'startup' ? verdict !== undefined : type === 'liveness' && verdict === 'failure';
      if (verdict) worker.verdict = verdict;
      if (!isDone) again();
      if (isChanged) this.options.onChange();
    };
    cancel = clock.schedule(Math.max(0, firstAtMs - clock.now()), () => void tick());
    return worker;
  }
}

/** What the API says of this very container, so that a restart of the kubelet makes no pod unready. */
function remembered({ status }: Pod, { id }: Container, type: ProbeType): ProbeVerdict {
  const known = [...(status?.containerStatuses ?? []), ...(status?.initContainerStatuses ?? [])].find(({ containerID }) => containerID && runtimeId(containerID) === id);
  if (type === 'startup') return known?.started ? 'success' : undefined;
  return type === 'readiness' && known?.ready ? 'success' : undefined;
}
