import type { Container as ContainerSpec } from '../../../api/generated/core.v1';
import type { Container } from '../../../runtime/port';
import { isInPostStart, isSidecar, type PodView } from '../decide/view';

/** Running, and through with its postStart hook and its startup probe. After prober_manager's isContainerStarted. */
export function isStarted(view: PodView, spec: ContainerSpec, instance: Container | undefined): boolean {
  if (instance?.state !== 'running' || isInPostStart(view, spec)) return false;
  return !spec.startupProbe || view.probe(instance.id, 'startup') === 'success';
}

/** An init container is ready when it has done its work, everything else while its readiness probe says so. */
export function isReady(view: PodView, spec: ContainerSpec, instance: Container | undefined, isInit: boolean): boolean {
  if (isInit && !isSidecar(spec)) return instance?.state === 'exited' && instance.exitCode === 0;
  if (!isStarted(view, spec, instance)) return false;
  return !spec.readinessProbe || view.probe(instance!.id, 'readiness') === 'success';
}
