import type { PersistentVolumeClaim } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { validateClaim, validateClaimUpdate } from './validation';

/** After pkg/registry/core/persistentvolumeclaim/strategy.go. */
export const persistentVolumeClaimStrategy: Strategy<PersistentVolumeClaim> = {
  setDefaults(claim) {
    claim.spec.volumeMode ??= 'Filesystem';
    claim.spec.resources ??= {};
    claim.status = { ...claim.status, phase: claim.status?.phase || 'Pending' };
  },
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
