import type { FieldError } from '../../../api/errors';
import type { Toleration } from '../../../api/generated/core.v1';
import type { RuntimeClass } from '../../../api/generated/node.v1';
import {
  duplicate, immutable, invalidEach, isDNS1123Label, nameIsDNSSubdomain, ShownAs, validateLabels, validateObjectMeta, type Path,
} from '../../../api/validation';
import type { Strategy } from '../../kind';
import { validateResources } from '../../pods/validation/resources';
import { validateTolerations } from '../../pods/validation/scheduling';

function repeatedTolerations(tolerations: readonly Toleration[], path: Path): FieldError[] {
  const keyOf = ({ key, operator, value, effect }: Toleration) => JSON.stringify([key, operator, value, effect]);
  const keys = tolerations.map(keyOf);
  return tolerations.flatMap((toleration, i) => keys.indexOf(keys[i]!) < i ? [duplicate(`${path}[${i}]`, new ShownAs(JSON.stringify(toleration)))] : []);
}

/** After ValidateRuntimeClass and pkg/registry/node/runtimeclass/strategy.go. */
export const runtimeClassStrategy: Strategy<RuntimeClass> = {
  validate: ({ metadata, handler = '', overhead, scheduling }) => [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...invalidEach('handler', handler, isDNS1123Label(handler)),
    ...(overhead ? validateResources({ limits: overhead.podFixed ?? {} }, 'overhead') : []),
    ...validateLabels(scheduling?.nodeSelector, 'scheduling.nodeSelector'),
    ...validateTolerations(scheduling?.tolerations, 'scheduling.tolerations.tolerations'),
    ...repeatedTolerations(scheduling?.tolerations ?? [], 'scheduling.tolerations'),
  ],
  warnings: ({ handler }, old) => (old ? [] : [`handler ${JSON.stringify(handler)} is not used: containers run as the container engine runs all of them`]),
  validateUpdate: ({ handler }, old) => immutable('handler', handler, old.handler),
  allowCreateOnUpdate: true,
  allowUnconditionalUpdate: false,
};
