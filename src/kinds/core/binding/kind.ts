import type { Binding } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';

/** Posted, never stored: it binds the pod of its name, as the pod's subresource does. */
export const binding: Kind<Binding> = {
  group: '',
  version: 'v1',
  kind: 'Binding',
  plural: 'bindings',
  singular: 'binding',
  namespaced: true,
  schema: 'io.k8s.api.core.v1.Binding',
  verbs: ['create'],
  strategy: {},
  columns: [],
};
