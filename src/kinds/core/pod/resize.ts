import type { FieldError } from '../../../api/errors';
import type { Container, Pod } from '../../../api/generated/core.v1';
import { compareQuantity, parseQuantity } from '../../../api/quantity';
import { forbiddenField, invalidValue, semanticEqual, type Path } from '../../../api/validation';
import type { PartStrategy } from '../../kind';
import { qosClassOf } from '../../pods/qos';
import { isMirror } from './annotations';
import { validatePodBody } from './validation';

type Resources = NonNullable<Container['resources']>;
type ResourceList = Record<string, string>;

const path = 'spec';
const isSidecar = ({ restartPolicy }: Container) => restartPolicy === 'Always';

/** The old containers with the resources of the new ones; the new ones as they are where they cannot be told apart, for validation to see. */
function resized(now: Container[] | undefined, old: Container[] | undefined): Container[] | undefined {
  if (!now || now.some(({ name }, i) => name !== old?.[i]?.name)) return now;
  return now.map(({ resources, resizePolicy }, i) => {
    const container = { ...old![i]!, ...(resources && { resources }), ...(resizePolicy && { resizePolicy }) };
    if (!resources) delete container.resources;
    if (!resizePolicy) delete container.resizePolicy;
    return container;
  });
}

const isRemoved = (now: ResourceList = {}, old: ResourceList = {}) => Object.keys(old).some((name) => now[name] === undefined);

/** Taking memory away is only safe for a container that starts anew. */
function validateMemory({ resources, resizePolicy }: Container, { resources: before }: Container, at: Path): FieldError[] {
  const policy = resizePolicy?.find(({ resourceName }) => resourceName === 'memory')?.restartPolicy ?? 'NotRequired';
  const [now, old] = [resources?.limits?.memory, before?.limits?.memory];
  if (policy !== 'NotRequired' || now === undefined) return [];
  const refuse = (verb: string) => [forbiddenField(`${at}.limits[memory]`, `memory limits cannot be ${verb} unless resizePolicy is RestartContainer`)];
  if (old === undefined) return refuse('added');
  return compareQuantity(parseQuantity(now), parseQuantity(old)) < 0 ? refuse('decreased') : [];
}

function validateContainer(now: Container, old: Container, at: Path): FieldError[] {
  const [after, before] = [now.resources, old.resources];
  return [
    ...(isRemoved(after?.requests, before?.requests) ? [forbiddenField(`${at}.requests`, 'resource requests cannot be removed')] : []),
    ...(isRemoved(after?.limits, before?.limits) ? [forbiddenField(`${at}.limits`, 'resource limits cannot be removed')] : []),
    ...validateMemory(now, old, at),
  ];
}

const resizable = ['cpu', 'memory'];

/** The container with the amounts set back that a resize may change. */
function withoutAllowedChanges(container: Container, { resources: old = {} }: Container): Container {
  const back = (list: keyof Pick<Resources, 'requests' | 'limits'>) => {
    const before = old[list];
    if (!before) return {};
    const others = Object.entries(container.resources?.[list] ?? {}).filter(([name]) => !resizable.includes(name));
    const kept = Object.entries(before).filter(([name]) => resizable.includes(name));
    return { [list]: Object.fromEntries([...others, ...kept]) };
  };
  return { ...container, resources: { ...back('limits'), ...back('requests') } };
}

function validateUnchanged(pod: Pod, old: Pod): FieldError[] {
  const same = (container: Container, before: Container) => semanticEqual(withoutAllowedChanges(container, before), before);
  const before = old.spec.initContainers ?? [];
  return [
    ...pod.spec.containers.flatMap((container, i) => (same(container, old.spec.containers[i]!) ? [] : [forbiddenField(path, 'only cpu and memory resources are mutable')])),
    ...(pod.spec.initContainers ?? []).flatMap((container, i) => {
      if (isSidecar(container)) return same(container, before[i]!) ? [] : [forbiddenField(path, 'only cpu and memory resources for sidecar containers are mutable')];
      return semanticEqual(container, before[i]) ? [] : [forbiddenField(path, 'resources for non-sidecar init containers are immutable')];
    }),
  ];
}

/** Whether the node knows how to: it then says what resources running containers have. */
const isSupported = ({ status }: Pod) => status?.containerStatuses?.find(({ state }) => state?.running)?.resources !== undefined
  || !status?.containerStatuses?.some(({ state }) => state?.running);

function validateChange(pod: Pod, old: Pod): FieldError[] {
  const sidecars = (old.spec.initContainers ?? []).map((container, i) => ({ container, i })).filter(({ container }) => isSidecar(container));
  const qos = old.status?.qosClass || qosClassOf(old.spec);
  return [
    ...(qos === qosClassOf(pod.spec) ? [] : [invalidValue(path, qos, 'Pod QOS Class may not change as a result of resizing')]),
    ...(isSupported(old) ? [] : [forbiddenField(path, 'Pod running on node without support for resize')]),
    ...sidecars.flatMap(({ container, i }) => validateContainer(pod.spec.initContainers![i]!, container, `${path}.initContainers[${i}].resources`)),
    ...old.spec.containers.flatMap((container, i) => validateContainer(pod.spec.containers[i]!, container, `${path}.containers[${i}].resources`)),
    ...validateUnchanged(pod, old),
  ];
}

/** Containers that are added, removed, renamed or put in another order. */
function validateContainers(pod: Pod, old: Pod): FieldError[] {
  return (['containers', 'initContainers'] as const).flatMap((list) => {
    const [now, before] = [pod.spec[list] ?? [], old.spec[list] ?? []];
    if (now.length !== before.length) return [forbiddenField(`${path}.${list}`, `${list} may not be added or removed on resize`)];
    return now.flatMap(({ name }, i) => (name === before[i]!.name ? [] : [forbiddenField(`${path}.${list}[${i}].name`, `${list} may not be renamed or reordered on resize`)]));
  });
}

function validateResize(pod: Pod, old: Pod): FieldError[] {
  const hasPodResources = [pod, old].some(({ spec: { resources } }) => Object.keys({ ...resources?.requests, ...resources?.limits }).length > 0);
  if (hasPodResources) return [forbiddenField('', 'pods with pod-level resources cannot be resized')];
  if (isMirror(old)) return [forbiddenField('', 'static pods cannot be resized')];
  if (old.spec.os?.name === 'windows') return [forbiddenField('', 'windows pods cannot be resized')];
  const different = validateContainers(pod, old);
  return [...validatePodBody(pod, old), ...(different.length ? different : validateChange(pod, old))];
}

/** After podResizeStrategy and ValidatePodResize. */
export const resizePart: PartStrategy<Pod> = {
  prepareForUpdate(pod, old) {
    const [containers, initContainers] = [resized(pod.spec.containers, old.spec.containers)!, resized(pod.spec.initContainers, old.spec.initContainers)];
    pod.spec = { ...old.spec, containers, ...(initContainers && { initContainers }) };
    if (old.status) pod.status = old.status;
  },
  validateUpdate: validateResize,
};
