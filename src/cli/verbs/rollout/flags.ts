import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const rolloutStatusFlags = flagTable({
  ...filenameFlags,
  ...selectorFlags,
  'revision': { type: 'int', help: 'Only this revision counts. 0: the latest.' },
  'timeout': { type: 'duration', help: 'How long to watch. 0: as long as it takes.' },
  'watch': { type: 'bool', short: 'w', default: true, help: 'Watch until the rollout is done.' },
});

export const rolloutHistoryFlags = flagTable({
  ...outputFlags,
  ...filenameFlags,
  ...selectorFlags,
  'revision': { type: 'int', help: 'Show this revision in detail.' },
});

export const rolloutUndoFlags = flagTable({
  ...outputFlags,
  ...filenameFlags,
  ...selectorFlags,
  ...dryRunFlags,
  'to-revision': { type: 'int', help: 'The revision to go back to. 0: the one before.' },
});

/** Of restart, pause and resume. */
export const rolloutChangeFlags = flagTable({
  ...outputFlags,
  ...filenameFlags,
  ...selectorFlags,
  ...fieldManagerFlags('kubectl-rollout'),
});

export type RolloutStatusFlags = typeof rolloutStatusFlags;
export type RolloutHistoryFlags = typeof rolloutHistoryFlags;
export type RolloutUndoFlags = typeof rolloutUndoFlags;
export type RolloutChangeFlags = typeof rolloutChangeFlags;
