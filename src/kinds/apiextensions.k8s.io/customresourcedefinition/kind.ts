import type { CustomResourceDefinition } from '../../../api/generated/apiextensions.v1';
import type { Kind } from '../../kind';
import { createdAt } from '../../printing';
import { customResourceDefinitionStrategy } from './strategy';

export const customResourceDefinition: Kind<CustomResourceDefinition> = {
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  singular: 'customresourcedefinition',
  shortNames: ['crd', 'crds'],
  categories: ['api-extensions'],
  namespaced: false,
  schema: 'io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1.CustomResourceDefinition',
  subresources: ['status'],
  strategy: customResourceDefinitionStrategy,
  columns: [createdAt],
};
