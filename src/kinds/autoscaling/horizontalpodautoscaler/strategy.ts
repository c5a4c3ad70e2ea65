import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec } from '../../../api/generated/autoscaling.v2';
import type { Strategy } from '../../kind';
import { validateAutoscaler, validateAutoscalerStatus } from './validation';

const periodSeconds = 15;

/** When nothing is said of what to scale by. */
const defaultMetric = (): MetricSpec => ({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 80 } } });

const defaultScaleUp = (): HPAScalingRules => ({
  stabilizationWindowSeconds: 0, selectPolicy: 'Max', policies: [{ type: 'Pods', value: 4, periodSeconds }, { type: 'Percent', value: 100, periodSeconds }],
});

const defaultScaleDown = (): HPAScalingRules => ({ selectPolicy: 'Max', policies: [{ type: 'Percent', value: 100, periodSeconds }] });

/** After SetDefaults_HorizontalPodAutoscaler and pkg/registry/autoscaling/horizontalpodautoscaler/strategy.go. */
export const horizontalPodAutoscalerStrategy: Strategy<HorizontalPodAutoscaler> = {
  setDefaults({ spec }) {
    if (!spec) return;
    spec.minReplicas ??= 1;
    if (!spec.metrics?.length) spec.metrics = [defaultMetric()];
    if (!spec.behavior) return;
    spec.behavior.scaleUp = { ...defaultScaleUp(), ...spec.behavior.scaleUp };
    spec.behavior.scaleDown = { ...defaultScaleDown(), ...spec.behavior.scaleDown };
  },
  prepareForCreate(autoscaler) {
    // Not omitted where there are none: Go writes it as null.
    autoscaler.status = { desiredReplicas: 0, currentMetrics: null } as unknown as HorizontalPodAutoscaler['status'];
  },
  validate: validateAutoscaler,
  validateStatusUpdate: validateAutoscalerStatus,
  generationOf: () => undefined,
};
