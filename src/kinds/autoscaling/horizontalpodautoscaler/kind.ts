import type { HorizontalPodAutoscaler } from '../../../api/generated/autoscaling.v2';
import type { Kind } from '../../kind';
import { horizontalPodAutoscalerColumns } from './columns';
import { horizontalPodAutoscalerStrategy } from './strategy';

export const horizontalPodAutoscaler: Kind<HorizontalPodAutoscaler> = {
  group: 'autoscaling',
  version: 'v2',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.autoscaling.v2.HorizontalPodAutoscaler',
  subresources: ['status'],
  strategy: horizontalPodAutoscalerStrategy,
  columns: horizontalPodAutoscalerColumns,
};
