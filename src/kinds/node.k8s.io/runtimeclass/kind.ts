import type { RuntimeClass } from '../../../api/generated/node.v1';
import type { Kind } from '../../kind';
import { age } from '../../printing';
import { runtimeClassStrategy } from './strategy';

export const runtimeClass: Kind<RuntimeClass> = {
  group: 'node.k8s.io',
  version: 'v1',
  kind: 'RuntimeClass',
  plural: 'runtimeclasses',
  singular: 'runtimeclass',
  namespaced: false,
  schema: 'io.k8s.api.node.v1.RuntimeClass',
  strategy: runtimeClassStrategy,
  columns: [{ name: 'Handler', value: ({ handler }) => handler ?? '' }, age],
};
