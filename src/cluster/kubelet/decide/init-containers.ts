import type { Container as ContainerSpec } from '../../../api/generated/core.v1';
import type { Container } from '../../../runtime/port';
import { killWith, type Kill } from './kill';
import { resizeRestarts, resizeSteps, type Resize } from './resize';
import { restartsOnFailure } from './restart';
import { instances, isSidecar, latest, type PodView } from './view';

export interface InitPlan {
  /** Main containers may start. */
  initialized: boolean;
  /** An init container failed and will not be tried again. */
  failed: boolean;
  start: ContainerSpec[];
  kill: Kill[];
  resize: Resize[];
}

/**
 * Which init containers to start, in the pod's order. Init containers of an older sandbox do not count: with a new
 * sandbox initialization starts anew. After kuberuntime's computeInitContainerActions.
 */
export function planInitContainers(view: PodView): InitPlan {
  const { pod } = view;
  const specs = pod.spec.initContainers ?? [];
  if (specs.length === 0) return { initialized: true, failed: false, start: [], kill: [], resize: [] };
  const current = view.sandboxes.slice(0, 1);
  const plan: InitPlan = { initialized: anyMainContainer(view, current), failed: false, start: [], kill: [], resize: [] };
  let laterStarted = plan.initialized;
  // The last one that was started tells how far initialization got, so the search goes backwards.
  for (let position = specs.length - 1; position >= 0 && !plan.failed; position--) {
    const spec = specs[position]!;
    const instance = instances(current, spec.name)[0];
    if (!instance) {
      if (laterStarted && isSidecar(spec)) plan.start.unshift(spec);
      continue;
    }
    if (laterStarted && !isSidecar(spec)) continue;
    const done = isSidecar(spec) ? judgeSidecar(view, spec, instance, plan) : judgeOnce(view, spec, instance, plan);
    if (done && position === specs.length - 1) plan.initialized = true;
    else if (done && !laterStarted) plan.start.unshift(specs[position + 1]!);
    laterStarted = true;
  }
  if (!laterStarted && !plan.failed) plan.start.unshift(specs[0]!);
  return plan;
}

function anyMainContainer(view: PodView, sandboxes: PodView['sandboxes']): boolean {
  return view.pod.spec.containers.some(({ name }) => latest({ sandboxes }, name) !== undefined);
}

/** An init container that runs to its end. Returns whether it is through. */
function judgeOnce(view: PodView, spec: ContainerSpec, instance: Container, plan: InitPlan): boolean {
  if (instance.state === 'created') plan.start.unshift(spec);
  if (instance.state !== 'exited') return false;
  if (instance.exitCode === 0) return true;
  if (restartsOnFailure(view.pod)) {
    plan.start.unshift(spec);
  } else {
    plan.failed = true;
    plan.start = [];
  }
  return false;
}

/** A sidecar: an init container that goes on. Returns whether the next one may start. */
function judgeSidecar(view: PodView, spec: ContainerSpec, instance: Container, plan: InitPlan): boolean {
  if (instance.state !== 'running') {
    plan.start.unshift(spec);
    return false;
  }
  const startup = spec.startupProbe ? view.probe(instance.id, 'startup') : 'success';
  const liveness = spec.livenessProbe ? view.probe(instance.id, 'liveness') : 'success';
  const failed = startup === 'failure' ? 'startup' : startup === 'success' && liveness === 'failure' ? 'liveness' : undefined;
  if (failed) plan.kill.push(killWith(view.pod, spec, instance, failed, `Init container ${spec.name} failed ${failed} probe`));
  else if (resizeRestarts(view, spec, instance)) plan.kill.push(killWith(view.pod, spec, instance, 'changed', `Container ${spec.name} resize requires restart`));
  else plan.resize.push(...resizeSteps(view, spec, instance));
  return startup === 'success';
}
