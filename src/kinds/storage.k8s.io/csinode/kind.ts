import type { CSINode } from '../../../api/generated/storage.v1';
import type { Kind } from '../../kind';
import { age } from '../../printing';
import { csiNodeStrategy } from './strategy';

export const csiNode: Kind<CSINode> = {
  group: 'storage.k8s.io',
  version: 'v1',
  kind: 'CSINode',
  plural: 'csinodes',
  singular: 'csinode',
  namespaced: false,
  schema: 'io.k8s.api.storage.v1.CSINode',
  strategy: csiNodeStrategy,
  columns: [{ name: 'Drivers', type: 'integer', value: ({ spec }) => spec.drivers?.length ?? 0 }, age],
};
