import type { Secret } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { secretColumns } from './columns';
import { secretStrategy } from './strategy';

export const secret: Kind<Secret> = {
  group: '',
  version: 'v1',
  kind: 'Secret',
  plural: 'secrets',
  singular: 'secret',
  namespaced: true,
  schema: 'io.k8s.api.core.v1.Secret',
  strategy: secretStrategy,
  columns: secretColumns,
  selectableFields: {
    type: (secret) => secret.type ?? '',
  },
};
