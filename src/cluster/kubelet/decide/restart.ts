import type { Container as ContainerSpec, Pod } from '../../../api/generated/core.v1';
import type { Container } from '../../../runtime/port';

export const restartsOnFailure = (pod: Pod) => pod.spec.restartPolicy !== 'Never';

/** kubecontainer.ShouldContainerBeRestarted: never ran, or ended in a way that its policy wants undone. */
export function shouldBeStarted(pod: Pod, instance: Container | undefined): boolean {
  if (pod.metadata.deletionTimestamp) return false;
  if (!instance || instance.state === 'created') return true;
  if (instance.state === 'running') return false;
  if (pod.spec.restartPolicy === 'Never') return false;
  return pod.spec.restartPolicy !== 'OnFailure' || instance.exitCode !== 0;
}

/**
 * The attempt that follows. What the API remembers counts where the runtime has forgotten: the container it names
 * is lost; without one its count is that of the start to come.
 */
export function nextAttempt(pod: Pod, container: ContainerSpec, instance: Container | undefined): number {
  if (instance) return instance.state === 'created' ? instance.attempt : instance.attempt + 1;
  const statuses = [...(pod.status?.containerStatuses ?? []), ...(pod.status?.initContainerStatuses ?? [])];
  const old = statuses.find((status) => status.name === container.name);
  return old?.containerID ? old.restartCount + 1 : (old?.restartCount ?? 0);
}
