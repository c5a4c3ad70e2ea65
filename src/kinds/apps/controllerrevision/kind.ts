import type { ControllerRevision } from '../../../api/generated/apps.v1';
import type { Kind } from '../../kind';
import { controllerRevisionColumns } from './columns';
import { controllerRevisionStrategy } from './strategy';

export const controllerRevision: Kind<ControllerRevision> = {
  group: 'apps',
  version: 'v1',
  kind: 'ControllerRevision',
  plural: 'controllerrevisions',
  singular: 'controllerrevision',
  namespaced: true,
  schema: 'io.k8s.api.apps.v1.ControllerRevision',
  strategy: controllerRevisionStrategy,
  columns: controllerRevisionColumns,
};
