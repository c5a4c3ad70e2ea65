import type { Container, Pod } from '../../../api/generated/core.v1';
import { annotatedContainer, defaultContainer } from '../../pods/containers';

type Attachable = Pick<Container, 'name' | 'tty'>;

/** The container that is meant. Throws in podcmd.FindOrDefaultContainerByName's words. */
export function attachable(pod: Pod, name: string, tell: (line: string) => void): Attachable {
  const find = (wanted: string): Attachable | undefined =>
    [...pod.spec.containers, ...(pod.spec.initContainers ?? []), ...(pod.spec.ephemeralContainers ?? [])].find((container) => container.name === wanted);
  if (!name) return find(annotatedContainer(pod)) ?? find(defaultContainer(pod, tell))!;
  const found = find(name);
  if (!found) throw new Error(`cannot attach to the container: container ${name} not found in pod ${pod.metadata.name}`);
  return found;
}
