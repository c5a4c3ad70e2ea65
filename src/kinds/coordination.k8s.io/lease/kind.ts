import type { Lease } from '../../../api/generated/coordination.v1';
import type { Kind } from '../../kind';
import { leaseColumns } from './columns';
import { leaseStrategy } from './strategy';

export const lease: Kind<Lease> = {
  group: 'coordination.k8s.io',
  version: 'v1',
  kind: 'Lease',
  plural: 'leases',
  singular: 'lease',
  namespaced: true,
  schema: 'io.k8s.api.coordination.v1.Lease',
  strategy: leaseStrategy,
  columns: leaseColumns,
};
