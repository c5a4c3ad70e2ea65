import { dryRunFlags, fieldManagerFlags, filenameFlags, outputFlags, recordFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

export const autoscaleFlags = flagTable({
  ...recordFlags,
  ...outputFlags,
  ...filenameFlags,
  ...dryRunFlags,
  ...fieldManagerFlags('kubectl-autoscale'),
  'cpu-percent': { type: 'int32', default: -1, help: 'The CPU use to aim at, in percent of what the pods request; the server decides when not given.' },
  'max': { type: 'int32', default: -1, help: 'The most replicas to run.' },
  'min': { type: 'int32', default: -1, help: 'The fewest replicas to run; the server decides when not given.' },
  'name': { type: 'string', help: 'The name of the autoscaler; that of the object when not given.' },
  'save-config': { type: 'bool', help: 'Keep the configuration in an annotation, for a later apply.' },
});

export type AutoscaleFlags = typeof autoscaleFlags;
