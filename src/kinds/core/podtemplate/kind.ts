import type { PodTemplate } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { podTemplateColumns } from './columns';
import { podTemplateStrategy } from './strategy';

export const podTemplate: Kind<PodTemplate> = {
  group: '',
  version: 'v1',
  kind: 'PodTemplate',
  plural: 'podtemplates',
  singular: 'podtemplate',
  namespaced: true,
  schema: 'io.k8s.api.core.v1.PodTemplate',
  strategy: podTemplateStrategy,
  columns: podTemplateColumns,
};
