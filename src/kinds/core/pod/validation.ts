import type { FieldError } from '../../../api/errors';
import type { Container, Pod, PodSpec } from '../../../api/generated/core.v1';
import {
  forbiddenField, immutable, invalidEach, invalidValue, isDNS1123Subdomain, isQualifiedName, nameIsDNSSubdomain, validateObjectMeta, type Path,
} from '../../../api/validation';
import { isIP, mustBeIP } from '../../addresses';
import { validatePodSpec } from '../../pods/validation/index';
import { each } from '../../validating';
import { validatePodAnnotations, validatePodAnnotationUpdate } from './annotations';

const validateImage = ({ image = '' }: Pick<Container, 'image'>, path: Path): FieldError[] =>
  image === image.trim() ? [] : [invalidValue(`${path}.image`, image, 'must not have leading or trailing whitespace')];

function tokensWithoutAccount({ serviceAccountName, volumes }: PodSpec): FieldError[] {
  if (serviceAccountName) return [];
  return each(volumes, 'spec.volumes', ({ projected }, path) => each(projected?.sources, `${path}.projected.sources`, ({ serviceAccountToken }, at) =>
    serviceAccountToken ? [forbiddenField(`${at}.serviceAccountToken`, 'must not be specified when serviceAccountName is not set')] : []));
}

/** What holds for a pod at any time. `old` is absent for a new one. After validatePodMetadataAndSpec. */
export function validatePodBody(pod: Pod, old?: Pod): FieldError[] {
  const { metadata, spec } = pod;
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validatePodAnnotations(pod, old),
    ...validatePodSpec(spec, 'spec', true),
    ...tokensWithoutAccount(spec),
    ...each(spec.containers, 'spec.containers', validateImage),
    ...each(spec.initContainers, 'spec.initContainers', validateImage),
  ];
}

/** After ValidatePodCreate. */
export function validatePod(pod: Pod, old?: Pod): FieldError[] {
  const { spec } = pod;
  return [
    ...validatePodBody(pod, old),
    ...(!old && spec.ephemeralContainers?.length ? [forbiddenField('spec.ephemeralContainers', 'cannot be set on create')] : []),
    ...(!old && spec.nodeName && spec.schedulingGates?.length
      ? [forbiddenField('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')] : []),
  ];
}

type Statuses = NonNullable<Pod['status']>['containerStatuses'];

/** What has ended stays so, unless the restart policy, or being one of those that always restart, brings it back. */
function validateStates(now: Statuses, old: Statuses, restartPolicy: string | undefined, path: Path, restarting: readonly string[] = []): FieldError[] {
  if (restartPolicy === 'Always') return [];
  return each(old, path, ({ name, state }, at) => {
    const final = state?.terminated && !(restartPolicy === 'OnFailure' && state.terminated.exitCode !== 0) && !restarting.includes(name);
    const revived = now?.some((status) => status.name === name && !status.state?.terminated);
    return final && revived ? [forbiddenField(`${at}.state`, 'may not be transitioned to non-terminated state')] : [];
  });
}

const systemConditions = ['PodScheduled', 'Ready', 'Initialized'];

const validateConditions = ({ status }: Pod) => each(status?.conditions, 'metadata.conditions', ({ type }, at) =>
  systemConditions.includes(type) ? [] : invalidEach(`${at}.Type`, type, isQualifiedName(type)));

const validateIPs = (ips: readonly { ip?: string }[] | undefined, path: Path) => each(ips, path, ({ ip = '' }, at) => invalidEach(at, ip, isIP(ip) ? [] : [mustBeIP]));

/** After ValidatePodStatusUpdate. */
export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldError[] {
  const { status, spec } = pod;
  const before = old.status;
  const sidecars = spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name);
  const nominated = status?.nominatedNodeName;
  return [
    ...validatePodAnnotationUpdate(pod, old),
    ...validatePodAnnotations(pod, old),
    ...validateConditions(pod),
    ...(nominated && nominated !== before?.nominatedNodeName ? invalidEach('status.nominatedNodeName', nominated, isDNS1123Subdomain(nominated)) : []),
    ...(before?.qosClass ? immutable('status.qosClass', status?.qosClass, before.qosClass) : []),
    ...validateStates(status?.containerStatuses, before?.containerStatuses, spec.restartPolicy, 'status.containerStatuses'),
    ...validateStates(status?.initContainerStatuses, before?.initContainerStatuses, spec.restartPolicy, 'status.initContainerStatuses', sidecars),
    ...validateStates(status?.ephemeralContainerStatuses, before?.ephemeralContainerStatuses, 'Never', 'status.ephemeralContainerStatuses'),
    ...validateIPs(status?.podIPs, 'status.podIPs'),
    ...validateIPs(status?.hostIPs, 'status.hostIPs'),
  ];
}
