import type { Pod } from '../../api/generated/core.v1';

const defaultContainerAnnotation = 'kubectl.kubernetes.io/default-container';

/** Every container of the pod in the order that kubectl lists them, with what marks its sort. */
function listed({ spec }: Pod): { name: string; label: string }[] {
  return [
    ...spec.containers.map(({ name }) => ({ name, label: name })),
    ...(spec.ephemeralContainers ?? []).map(({ name }) => ({ name, label: `${name} (ephem)` })),
    ...(spec.initContainers ?? []).map(({ name }) => ({ name, label: `${name} (init)` })),
  ];
}

export const hasContainer = (pod: Pod, name: string): boolean => listed(pod).some((container) => container.name === name);

/** Every container in the order that they run. */
export function allContainers({ spec }: Pod): string[] {
  return [...(spec.initContainers ?? []), ...spec.containers, ...(spec.ephemeralContainers ?? [])].map(({ name }) => name);
}

/** What the pod's annotation asks for, if anything. */
export const annotatedContainer = ({ metadata }: Pod): string => metadata.annotations?.[defaultContainerAnnotation] ?? '';

/** The first one; `tell` gets kubectl's line when there was a choice. */
export function defaultContainer(pod: Pod, tell: (line: string) => void): string {
  const name = pod.spec.containers[0]!.name;
  const all = listed(pod);
  if (all.length > 1) tell(`Defaulted container ${JSON.stringify(name)} out of: ${all.map(({ label }) => label).join(', ')}\n`);
  return name;
}
