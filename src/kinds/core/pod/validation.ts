import type { FieldError } from '../../../api/errors';
import type { Container, Pod, PodSpec } from '../../../api/generated/core.v1';
import { forbiddenField, invalidEach, invalidValue, nameIsDNSSubdomain, validateObjectMeta, type Path } from '../../../api/validation';
import { isIP, mustBeIP } from '../../addresses';
import { validatePodSpec } from '../../pods/validation/index';
import { each } from '../../validating';

export { validatePodUpdate } from './update-validation';

const validateImage = ({ image = '' }: Pick<Container, 'image'>, path: Path): FieldError[] =>
  image === image.trim() ? [] : [invalidValue(`${path}.image`, image, 'must not have leading or trailing whitespace')];

function tokensWithoutAccount({ serviceAccountName, volumes }: PodSpec): FieldError[] {
  if (serviceAccountName) return [];
  return each(volumes, 'spec.volumes', ({ projected }, path) => each(projected?.sources, `${path}.projected.sources`, ({ serviceAccountToken }, at) =>
    serviceAccountToken ? [forbiddenField(`${at}.serviceAccountToken`, 'must not be specified when serviceAccountName is not set')] : []));
}

/** After ValidatePodCreate. */
export function validatePod({ metadata, spec }: Pod): FieldError[] {
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validatePodSpec(spec, 'spec', true),
    ...tokensWithoutAccount(spec),
    ...each(spec.containers, 'spec.containers', validateImage),
    ...each(spec.initContainers, 'spec.initContainers', validateImage),
    ...(spec.nodeName && spec.schedulingGates?.length
      ? [forbiddenField('spec.nodeName', 'cannot be set until all schedulingGates have been cleared')] : []),
  ];
}

type Statuses = NonNullable<Pod['status']>['containerStatuses'];

/** What has ended stays so, unless the restart policy brings it back. */
function validateStates(now: Statuses, old: Statuses, restartPolicy: string | undefined, path: Path): FieldError[] {
  if (restartPolicy === 'Always') return [];
  return each(old, path, ({ name, state }, at) => {
    const final = state?.terminated && !(restartPolicy === 'OnFailure' && state.terminated.exitCode !== 0);
    const revived = now?.some((status) => status.name === name && !status.state?.terminated);
    return final && revived ? [forbiddenField(`${at}.state`, 'may not be transitioned to non-terminated state')] : [];
  });
}

/** After ValidatePodStatusUpdate. */
export function validatePodStatusUpdate({ status, spec }: Pod, { status: old }: Pod): FieldError[] {
  const restarting = spec.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name);
  const once = old?.initContainerStatuses?.filter(({ name }) => !restarting?.includes(name));
  return [
    ...validateStates(status?.containerStatuses, old?.containerStatuses, spec.restartPolicy, 'status.containerStatuses'),
    ...validateStates(status?.initContainerStatuses, once, spec.restartPolicy, 'status.initContainerStatuses'),
    ...each(status?.podIPs, 'status.podIPs', ({ ip = '' }, at) => invalidEach(at, ip, isIP(ip) ? [] : [mustBeIP])),
  ];
}
