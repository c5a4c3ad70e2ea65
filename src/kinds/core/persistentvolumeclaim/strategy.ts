import type { PersistentVolumeClaim } from '../../../api/generated/core.v1';
import { defaultClaim } from '../../claims';
import type { Strategy } from '../../kind';
import { validateClaim, validateClaimUpdate } from './validation';

/** After pkg/registry/core/persistentvolumeclaim/strategy.go. */
export const persistentVolumeClaimStrategy: Strategy<PersistentVolumeClaim> = {
  setDefaults: defaultClaim,
  prepareForCreate(claim) {
    claim.status = { phase: 'Pending' };
  },
  prepareForStatusUpdate(claim, old) {
    claim.spec = old.spec;
  },
  validate: validateClaim,
  validateUpdate: validateClaimUpdate,
  generationOf: () => undefined,
};
