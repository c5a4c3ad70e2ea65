import type { Container as ContainerSpec } from '../../../api/generated/core.v1';
import { planInitContainers } from './init-containers';
import { planEphemeralContainers, planMainContainers } from './main-containers';
import { shouldBeStarted } from './restart';
import { startStep } from './start';
import { allContainers, finish, stopSandboxes, terminate } from './terminate';
import { instances, latest, readySandbox, type Action, type Decision, type PodView } from './view';

/**
 * What to do about a pod now. Called again after every change of anything in the view, so it says the whole of it
 * each time; actions that are in flight are repeated and left out by the runner.
 */
export function decide(view: PodView): Decision {
  const { pod } = view;
  if (view.gone || pod.metadata.deletionTimestamp) return terminate(view, finish);
  if (pod.status?.phase === 'Succeeded' || pod.status?.phase === 'Failed') return terminate(view, stopSandboxes);
  if (view.eviction !== undefined) return { ...terminate(view, stopSandboxes), outcome: { phase: 'Failed', reason: 'Evicted', message: view.eviction } };
  const deadlineMs = activeDeadline(view);
  if (deadlineMs !== undefined && deadlineMs <= view.nowMs) {
    const outcome = { phase: 'Failed', reason: 'DeadlineExceeded', message: 'Pod was active on the node longer than the specified deadline' } as const;
    return { ...terminate(view, stopSandboxes), outcome };
  }
  return wakeBy(keepRunning(view), deadlineMs);
}

function activeDeadline({ pod }: PodView): number | undefined {
  const { activeDeadlineSeconds } = pod.spec;
  if (activeDeadlineSeconds === undefined || !pod.status?.startTime) return undefined;
  return Date.parse(pod.status.startTime) + activeDeadlineSeconds * 1000;
}

function keepRunning(view: PodView): Decision {
  const sandbox = readySandbox(view.sandboxes);
  const init = planInitContainers(view);
  const main = planMainContainers(view);
  if (init.failed || (main.start.length === 0 && main.keep === 0 && main.kill.length === 0)) return terminate(view, stopSandboxes);
  if (!sandbox && !needsSandbox(view)) return terminate(view, stopSandboxes);

  const kill = init.initialized ? [...init.kill, ...main.kill] : init.kill;
  const resize = [...init.resize, ...main.resize];
  const volumes = volumeStep(view);
  if (volumes) return { ...volumes, actions: [...volumes.actions, ...kill, ...resize] };
  const start = init.initialized ? [...init.start, ...main.start] : init.start;
  // With an older sandbox in view it is not known yet what comes first in the new one.
  const sandboxId = sandbox?.id ?? (view.sandboxes.length === 0 ? view.newSandboxId : undefined);
  const steps = [...planEphemeralContainers(view), ...start].map((spec) => ({ spec, ...startStep(view, spec, sandboxId) }));
  const wakeAts = steps.flatMap(({ wakeAtMs }) => wakeAtMs ?? []);
  const making = sandbox ? {} : sandboxStep(view);
  if (making.wakeAtMs !== undefined) wakeAts.push(making.wakeAtMs);
  return {
    actions: [...(making.actions ?? []), ...kill, ...resize, ...steps.flatMap(({ action }) => action ?? []), ...(sandbox ? prune(view) : [])],
    waiting: new Map(steps.flatMap(({ spec, waiting }) => (waiting ? [[spec.name, waiting]] : []))),
    ...(wakeAts.length > 0 && { wakeAtMs: Math.min(...wakeAts) }),
  };
}

/** A pod whose work is done gets no new sandbox when its old one is lost. */
function needsSandbox(view: PodView): boolean {
  const { pod } = view;
  const hasRun = view.sandboxes.some(({ containers }) => containers.length > 0);
  if (pod.spec.restartPolicy === 'Never' && hasRun) return false;
  return !hasRun || pod.spec.containers.some((spec) => shouldBeStarted(pod, latest(view, spec.name)) || latest(view, spec.name)?.state === 'running');
}

function volumeStep(view: PodView): Decision | undefined {
  if (view.volumes === 'ready') return undefined;
  const waitsUntilMs = view.volumes !== 'unknown' && view.volumes.retryAtMs > view.nowMs ? view.volumes.retryAtMs : undefined;
  if (waitsUntilMs !== undefined) return { actions: [], waiting: new Map(), wakeAtMs: waitsUntilMs };
  return { actions: [{ do: 'mountVolumes', key: 'volumes' }], waiting: new Map() };
}

/** Everything of a sandbox that is no more ends before there is a new one. */
function sandboxStep(view: PodView): { actions?: Action[]; wakeAtMs?: number } {
  const [newest] = view.sandboxes;
  const orphans = terminate(view, () => []).actions;
  if (orphans.length > 0) return { actions: [...orphans] };
  const failure = view.sandboxFailure;
  if (failure && failure.retryAtMs > view.nowMs) return { wakeAtMs: failure.retryAtMs };
  return { actions: [{ do: 'createSandbox', key: 'sandbox', attempt: newest ? newest.attempt + 1 : 0 }] };
}

/** Of each container its predecessor is kept, for its logs; of old sandboxes what is needed for that. */
function prune(view: PodView): Action[] {
  const [, ...oldSandboxes] = view.sandboxes;
  const isReplaced = (spec: ContainerSpec) => instances(view.sandboxes.slice(0, 1), spec.name).length > 0;
  if (oldSandboxes.length > 0 && view.pod.spec.containers.every(isReplaced)) {
    return oldSandboxes.map(({ id }) => ({ do: 'removeSandbox', key: `sandbox ${id}`, id }));
  }
  return allContainers(view.pod)
    .flatMap(({ name }) => instances(view.sandboxes.slice(0, 1), name).slice(2))
    .filter(({ state }) => state !== 'running')
    .map(({ id }) => ({ do: 'removeContainer', key: `remove ${id}`, id }));
}

function wakeBy(decision: Decision, atMs: number | undefined): Decision {
  if (atMs === undefined) return decision;
  return { ...decision, wakeAtMs: Math.min(atMs, decision.wakeAtMs ?? Infinity) };
}
