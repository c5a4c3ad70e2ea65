import type { ConfigMap } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { configMapColumns } from './columns';
import { configMapStrategy } from './strategy';

export const configMap: Kind<ConfigMap> = {
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  singular: 'configmap',
  shortNames: ['cm'],
  namespaced: true,
  schema: 'io.k8s.api.core.v1.ConfigMap',
  strategy: configMapStrategy,
  columns: configMapColumns,
};
