import type { Endpoints } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { endpointsColumns } from './columns';
import { endpointsStrategy } from './strategy';

export const endpoints: Kind<Endpoints> = {
  group: '',
  version: 'v1',
  kind: 'Endpoints',
  plural: 'endpoints',
  singular: 'endpoints',
  shortNames: ['ep'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.Endpoints',
  deprecation: 'v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice',
  strategy: endpointsStrategy,
  columns: endpointsColumns,
};
