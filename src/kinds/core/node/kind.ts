import type { Node } from '../../../api/generated/core.v1';
import type { Kind } from '../../kind';
import { nodeColumns } from './columns';
import { nodeStrategy } from './strategy';

export const node: Kind<Node> = {
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  schema: 'io.k8s.api.core.v1.Node',
  subresources: ['status', 'proxy'],
  strategy: nodeStrategy,
  columns: nodeColumns,
  selectableFields: {
    'spec.unschedulable': (node) => String(node.spec.unschedulable ?? false),
  },
};
