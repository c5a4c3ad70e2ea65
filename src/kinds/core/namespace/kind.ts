import type { Namespace } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { namespaceColumns } from './columns';
import { namespaceStrategy } from './strategy';

export const namespace: Kind<Namespace> = {
  group: '',
  version: 'v1',
  kind: 'Namespace',
  plural: 'namespaces',
  singular: 'namespace',
  shortNames: ['ns'],
  namespaced: false,
  schema: 'io.k8s.api.core.v1.Namespace',
  verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
  subresources: ['status', 'finalize'],
  strategy: namespaceStrategy,
  columns: namespaceColumns,
  selectableFields: {
    'status.phase': (namespace) => namespace.status?.phase ?? '',
  },
};
