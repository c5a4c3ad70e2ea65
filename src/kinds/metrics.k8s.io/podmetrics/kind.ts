import type { PodMetrics } from '../../../api/generated/metrics.v1beta1';
import type { Kind } from '../../kind';
import { metricsColumns } from '../columns';

/** Computed when it is asked for. */
export const podMetrics: Kind<PodMetrics> = {
  group: 'metrics.k8s.io',
  version: 'v1beta1',
  kind: 'PodMetrics',
  plural: 'pods',
  singular: '',
  namespaced: true,
  schema: 'io.k8s.metrics.pkg.apis.metrics.v1beta1.PodMetrics',
  verbs: ['get', 'list'],
  strategy: {},
  columns: metricsColumns(({ containers }) => containers.map(({ usage }) => usage)),
};
