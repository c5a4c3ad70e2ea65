import type { HorizontalPodAutoscaler } from '../../../api/generated/autoscaling.v1';
import type { Kind } from '../../kind';
import { horizontalPodAutoscalerColumns } from '../horizontalpodautoscaler/columns';
import { validateAutoscaler, validateAutoscalerStatus } from '../horizontalpodautoscaler/validation';
import { autoscalerConversion } from './conversion';

const { toStored } = autoscalerConversion;

/** The older version of HorizontalPodAutoscaler. It shows and checks what is stored. */
export const horizontalPodAutoscalerV1: Kind<HorizontalPodAutoscaler> = {
  group: 'autoscaling',
  version: 'v1',
  kind: 'HorizontalPodAutoscaler',
  plural: 'horizontalpodautoscalers',
  singular: 'horizontalpodautoscaler',
  shortNames: ['hpa'],
  categories: ['all'],
  namespaced: true,
  schema: 'io.k8s.api.autoscaling.v1.HorizontalPodAutoscaler',
  storedAs: 'autoscaling/horizontalpodautoscalers',
  conversion: autoscalerConversion,
  subresources: ['status'],
  strategy: {
    setDefaults({ spec }) {
      if (spec) spec.minReplicas ??= 1;
    },
    prepareForCreate(autoscaler) {
      autoscaler.status = { currentReplicas: 0, desiredReplicas: 0 };
    },
    validate: (autoscaler) => validateAutoscaler(toStored(autoscaler)),
    validateStatusUpdate: (autoscaler) => validateAutoscalerStatus(toStored(autoscaler)),
    generationOf: () => undefined,
  },
  columns: horizontalPodAutoscalerColumns.map((column) => ({ ...column, value: (object, context) => column.value(toStored(object), context) })),
};
