import { changedResources } from '../decide/resize';
import { latest, type PodView } from '../decide/view';
import type { ResizeCondition } from './conditions';

/** How far the change of a pod's amounts is; nothing where it has what it asks for. After pkg/kubelet/status (KEP-1287). */
export function resizeConditions(view: PodView): ResizeCondition[] {
  if (view.pendingResize) return [{ type: 'PodResizePending', status: 'True', ...view.pendingResize }];
  const { containers, initContainers = [] } = view.pod.spec;
  const isChanging = [...initContainers, ...containers].some((spec) => {
    const instance = latest(view, spec.name);
    return instance?.state === 'running' && changedResources(spec, instance).length > 0;
  });
  return isChanging ? [{ type: 'PodResizeInProgress', status: 'True' }] : [];
}
