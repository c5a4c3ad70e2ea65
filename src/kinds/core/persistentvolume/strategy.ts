import { timestamp } from '../../../api/clock';
import type { PersistentVolume } from '../../../api/generated/core.v1';
import type { Strategy } from '../../kind';
import { defaultVolumeSource } from './source-defaults';
import { validateVolume, validateVolumeUpdate } from './validation';

/** After SetDefaults_PersistentVolume and pkg/registry/core/persistentvolume/strategy.go. */
export const persistentVolumeStrategy: Strategy<PersistentVolume> = {
  setDefaults(volume) {
    const { spec } = volume;
    volume.status = { ...volume.status, phase: volume.status?.phase || 'Pending' };
    spec.persistentVolumeReclaimPolicy ||= 'Retain';
    spec.volumeMode ??= 'Filesystem';
    defaultVolumeSource(spec);
  },
  prepareForCreate(volume, { nowMs }) {
    volume.status = { phase: 'Pending', lastPhaseTransitionTime: timestamp(nowMs) };
  },
  prepareForStatusUpdate({ status }, { status: old }, { nowMs }) {
    if (!status) return;
    const moved = status.phase !== old?.phase;
    const given = status.lastPhaseTransitionTime;
    if (!moved) status.lastPhaseTransitionTime ??= old?.lastPhaseTransitionTime;
    else if (!given || given === old?.lastPhaseTransitionTime) status.lastPhaseTransitionTime = timestamp(nowMs);
  },
  validate: validateVolume,
  validateUpdate: validateVolumeUpdate,
  generationOf: () => undefined,
};
