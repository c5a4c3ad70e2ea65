import { dryRunFlags, selectorFlags } from '../../flags/sets';
import { flagTable } from '../../flags/spec';

/** Of cordon and uncordon. */
export const cordonFlags = flagTable({ ...dryRunFlags, ...selectorFlags });
