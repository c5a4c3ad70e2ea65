import type { FieldError } from '../../../api/errors';
import type { Pod } from '../../../api/generated/core.v1';
import { forbiddenField, semanticEqual } from '../../../api/validation';
import { difference } from '../../difference';
import type { PartStrategy } from '../../kind';
import { isMirror, validatePodAnnotationUpdate } from './annotations';
import { validatePodBody } from './validation';

const path = 'spec.ephemeralContainers';

/** Those that are there stay as they are. Their order is nothing that patches keep. */
function validateKept({ spec: { ephemeralContainers: now = [] } }: Pod, { spec: { ephemeralContainers: old = [] } }: Pod): FieldError[] {
  return old.flatMap((container) => {
    const kept = now.find(({ name }) => name === container.name);
    const named = `existing ephemeral containers ${JSON.stringify(container.name)}`;
    if (!kept) return [forbiddenField(path, `${named} may not be removed\n`)];
    return semanticEqual(kept, container) ? [] : [forbiddenField(path, `${named} may not be changed\n${difference(container, kept)}`)];
  });
}

/** After podEphemeralContainersStrategy and ValidatePodEphemeralContainersUpdate. */
export const ephemeralContainersPart: PartStrategy<Pod> = {
  prepareForUpdate(pod, old) {
    const { ephemeralContainers } = pod.spec;
    pod.spec = { ...old.spec, ...(ephemeralContainers && { ephemeralContainers }) };
    if (!ephemeralContainers) delete pod.spec.ephemeralContainers;
    if (old.status) pod.status = old.status;
  },
  validateUpdate: (pod, old) => (isMirror(old) ? [forbiddenField('', 'static pods do not support ephemeral containers')]
    : [...validatePodBody(pod, old), ...validatePodAnnotationUpdate(pod, old), ...validateKept(pod, old)]),
};
