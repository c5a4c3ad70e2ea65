import type { Lease } from '../../../api/generated/coordination.v1';
import type { Strategy } from '../../kind';

export const leaseStrategy: Strategy<Lease> = {};
