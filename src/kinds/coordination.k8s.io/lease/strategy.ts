import type { Lease } from '../../../api/generated/coordination.v1';
import type { Strategy } from '../../kind';
import { validateLease } from './validation';

export const leaseStrategy: Strategy<Lease> = {
  validate: validateLease,
  generationOf: () => undefined,
  allowCreateOnUpdate: true,
};
