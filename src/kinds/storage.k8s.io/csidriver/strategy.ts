import type { FieldError } from '../../../api/errors';
import type { CSIDriver, TokenRequest } from '../../../api/generated/storage.v1';
import { duplicate, immutable, invalidValue, nameIsDNSSubdomain, notSupported, validateObjectMeta, type Path } from '../../../api/validation';
import type { Strategy } from '../../kind';
import { each } from '../../validating';

const groupPolicies = ['File', 'None', 'ReadWriteOnceWithFSType'];
const modes = ['Ephemeral', 'Persistent'];
const tokenMinSeconds = 600;

/** Each audience once, the empty one too. */
function validateTokenRequests(requests: readonly TokenRequest[], path: Path): FieldError[] {
  return requests.flatMap(({ audience = '', expirationSeconds: seconds }, i) => {
    const at = `${path}[${i}]`;
    if (requests.findIndex((request) => (request.audience ?? '') === audience) < i) return [duplicate(`${at}.audience`, audience)];
    if (seconds === undefined) return [];
    return [
      ...(seconds < tokenMinSeconds ? [invalidValue(`${at}.expirationSeconds`, seconds, 'may not specify a duration less than 10 minutes')] : []),
      ...(seconds > 2 ** 32 ? [invalidValue(`${at}.expirationSeconds`, seconds, 'may not specify a duration larger than 2^32 seconds')] : []),
    ];
  });
}

/** After SetDefaults_CSIDriver, ValidateCSIDriver and pkg/registry/storage/csidriver/strategy.go. */
export const csiDriverStrategy: Strategy<CSIDriver> = {
  setDefaults({ spec }) {
    spec.attachRequired ??= true;
    spec.podInfoOnMount ??= false;
    spec.storageCapacity ??= false;
    spec.fsGroupPolicy ??= 'ReadWriteOnceWithFSType';
    if (!spec.volumeLifecycleModes?.length) spec.volumeLifecycleModes = ['Persistent'];
    spec.requiresRepublish ??= false;
    spec.seLinuxMount ??= false;
  },
  validate: ({ metadata, spec }) => [
    ...validateObjectMeta(metadata, false, nameIsDNSSubdomain),
    ...(groupPolicies.includes(spec.fsGroupPolicy ?? '') ? [] : [notSupported('spec.fsGroupPolicy', spec.fsGroupPolicy, groupPolicies)]),
    ...validateTokenRequests(spec.tokenRequests ?? [], 'spec.tokenRequests'),
    // Upstream names no position here.
    ...each(spec.volumeLifecycleModes, '', (mode) => modes.includes(mode) ? [] : [notSupported('spec.volumeLifecycleModes', mode, modes)]),
  ],
  validateUpdate: ({ spec }, { spec: old }) => [
    ...immutable('spec.attachedRequired', spec.attachRequired, old.attachRequired),
    ...immutable('spec.volumeLifecycleModes', spec.volumeLifecycleModes, old.volumeLifecycleModes),
  ],
  generationOf: () => undefined,
  allowUnconditionalUpdate: false,
};
