import type { NodeMetrics } from '../../../api/generated/metrics.v1beta1';
import type { Kind } from '../../kind';
import { metricsColumns } from '../columns';

/** Computed when it is asked for. */
export const nodeMetrics: Kind<NodeMetrics> = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  kind: 'NodeMetrics',
  plural: 'nodes',
  singular: '',
  namespaced: false,
  schema: 'io.k8s.metrics.pkg.apis.metrics.v1beta1.NodeMetrics',
  verbs: ['get', 'list'],
  strategy: {},
  columns: metricsColumns(({ usage }) => [usage]),
};
