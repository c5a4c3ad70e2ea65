import type { Container as ContainerSpec } from '../../../api/generated/core.v1';
import type { Container } from '../../../runtime/port';
import { containerHash } from '../spec/hash';
import { killWith, type Kill } from './kill';
import { resizeRestarts, resizeSteps, type Resize } from './resize';
import { restartsOnFailure, shouldBeStarted } from './restart';
import { instances, latest, type PodView } from './view';

export interface MainPlan {
  start: ContainerSpec[];
  kill: Kill[];
  /** Containers that run and shall go on. */
  keep: number;
  resize: Resize[];
}

/** After the last part of kuberuntime's computePodActions. */
export function planMainContainers(view: PodView): MainPlan {
  const plan: MainPlan = { start: [], kill: [], keep: 0, resize: [] };
  for (const spec of view.pod.spec.containers) {
    const instance = latest(view, spec.name);
    if (instance?.state !== 'running') {
      if (shouldBeStarted(view.pod, instance)) plan.start.push(spec);
      continue;
    }
    const kill = whyKill(view, spec, instance);
    if (kill) plan.kill.push(kill);
    else plan.keep++;
    if (!kill) plan.resize.push(...resizeSteps(view, spec, instance));
  }
  return plan;
}

function whyKill(view: PodView, spec: ContainerSpec, instance: Container): Kill | undefined {
  const kill = (reason: 'changed' | 'liveness' | 'startup', what: string, restarts: boolean) =>
    killWith(view.pod, spec, instance, reason, `Container ${spec.name} ${what}${restarts ? ', will be restarted' : ''}`);
  if (containerHash(spec) !== instance.specHash) return kill('changed', 'definition changed', true);
  if (resizeRestarts(view, spec, instance)) return killWith(view.pod, spec, instance, 'changed', `Container ${spec.name} resize requires restart`);
  const restarts = restartsOnFailure(view.pod);
  if (spec.livenessProbe && view.probe(instance.id, 'liveness') === 'failure') return kill('liveness', 'failed liveness probe', restarts);
  if (spec.startupProbe && view.probe(instance.id, 'startup') === 'failure') return kill('startup', 'failed startup probe', restarts);
  return undefined;
}

/** Started once, as soon as there is a sandbox, and never again. */
export function planEphemeralContainers(view: PodView): ContainerSpec[] {
  return (view.pod.spec.ephemeralContainers ?? []).filter(({ name }) => instances(view.sandboxes, name).every(({ state }) => state === 'created'));
}
