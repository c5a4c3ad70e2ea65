import type { Lease } from '../../../api/generated/coordination.v1';
import type { Column } from '../../kind';
import { age } from '../../printing';

export const leaseColumns: readonly Column<Lease>[] = [
  { name: 'Holder', value: (lease) => lease.spec?.holderIdentity ?? '' },
  age,
];
