import type { PersistentVolumeClaim } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';

export const persistentVolumeClaimStrategy: Strategy<PersistentVolumeClaim> = {};
