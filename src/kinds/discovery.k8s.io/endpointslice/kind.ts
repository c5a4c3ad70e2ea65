import type { EndpointSlice } from '../../../api/generated/discovery.v1';
import type { Kind } from '../../kind';
import { endpointSliceColumns } from './columns';
import { endpointSliceStrategy } from './strategy';

export const endpointSlice: Kind<EndpointSlice> = {
  group: 'discovery.k8s.io',
  version: 'v1',
  kind: 'EndpointSlice',
  plural: 'endpointslices',
  singular: 'endpointslice',
  namespaced: true,
  schema: 'io.k8s.api.discovery.v1.EndpointSlice',
  strategy: endpointSliceStrategy,
  columns: endpointSliceColumns,
};
