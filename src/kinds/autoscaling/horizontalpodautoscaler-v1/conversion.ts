import type { HorizontalPodAutoscaler as AutoscalerV1 } from '../../../api/generated/autoscaling.v1';
import type { HorizontalPodAutoscaler, HorizontalPodAutoscalerCondition, MetricSpec } from '../../../api/generated/autoscaling.v2';
import type { KubeObject } from '../../../api/meta';
import { behaviorOf, behaviorText, conditionsAnnotation, metricsAnnotation, parsed, statusesAnnotation, withoutKept, type Annotations } from './annotations';
import { flatSpec, flatStatus, restoredSpec, restoredStatus, type FlatMetric } from './metrics';

const nothing = { scaleTargetRef: { kind: '', name: '' }, maxReplicas: 0 };

function without<T extends object, K extends keyof T>(object: T, ...names: K[]): Omit<T, K> {
  const copy = { ...object };
  for (const name of names) delete copy[name];
  return copy;
}

const isCPUShare = ({ type, resource }: MetricSpec) => type === 'Resource' && resource?.name === 'cpu' && resource.target.averageUtilization !== undefined;

function annotationsOf({ spec, status }: HorizontalPodAutoscaler): Annotations {
  const others = (spec?.metrics ?? []).filter((metric) => !isCPUShare(metric)).map(flatSpec);
  const { currentMetrics, conditions } = status ?? {};
  return {
    ...(others.length > 0 && { [metricsAnnotation]: JSON.stringify(others) }),
    ...(currentMetrics?.length && { [statusesAnnotation]: JSON.stringify(currentMetrics.map(flatStatus)) }),
    ...(spec?.behavior && behaviorText(spec.behavior)),
    ...(conditions?.length && { [conditionsAnnotation]: JSON.stringify(conditions) }),
  };
}

function specOf({ metadata: { annotations }, spec }: AutoscalerV1): HorizontalPodAutoscaler['spec'] {
  const share = spec?.targetCPUUtilizationPercentage;
  const cpu = (averageUtilization: number): MetricSpec => ({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } });
  const others = parsed<FlatMetric[]>(annotations, metricsAnnotation) ?? [];
  const metrics = [...others.map(restoredSpec), ...(share === undefined ? [] : [cpu(share)])];
  const behavior = behaviorOf(annotations);
  return {
    ...without(spec ?? nothing, 'targetCPUUtilizationPercentage'), metrics: metrics.length > 0 ? metrics : [cpu(80)],
    ...(behavior && { behavior }),
  };
}

function statusOf({ metadata: { annotations }, status }: AutoscalerV1): HorizontalPodAutoscaler['status'] {
  const metrics = parsed<FlatMetric[]>(annotations, statusesAnnotation);
  const conditions = parsed<HorizontalPodAutoscalerCondition[]>(annotations, conditionsAnnotation);
  const { observedGeneration, lastScaleTime, currentReplicas, desiredReplicas = 0, currentCPUUtilizationPercentage: share } = status ?? {};
  const cpu = share === undefined ? null : [{ type: 'Resource', resource: { name: 'cpu', current: { averageUtilization: share } } }];
  return {
    ...(observedGeneration !== undefined && { observedGeneration }), ...(lastScaleTime && { lastScaleTime }), ...(currentReplicas && { currentReplicas }),
    desiredReplicas, currentMetrics: metrics?.map(restoredStatus) ?? cpu, ...(conditions && { conditions }),
  } as HorizontalPodAutoscaler['status'];
}

function withAnnotations<T extends KubeObject>(object: T, annotations: Annotations): T['metadata'] {
  return { ...without(object.metadata, 'annotations'), ...(Object.keys(annotations).length > 0 && { annotations }) };
}

/** After pkg/apis/autoscaling/v1/conversion.go. */
export const autoscalerConversion = {
  fromStored(stored: KubeObject): AutoscalerV1 {
    const autoscaler = stored as HorizontalPodAutoscaler;
    const { spec, status } = autoscaler;
    const share = spec?.metrics?.find(isCPUShare)?.resource?.target.averageUtilization;
    const current = status?.currentMetrics?.find(({ type, resource }) => type === 'Resource' && resource?.name === 'cpu')?.resource?.current.averageUtilization;
    return {
      ...autoscaler, apiVersion: 'autoscaling/v1',
      metadata: withAnnotations(stored, { ...withoutKept(stored.metadata.annotations), ...annotationsOf(autoscaler) }),
      spec: { ...without(spec ?? nothing, 'metrics', 'behavior'), ...(share !== undefined && { targetCPUUtilizationPercentage: share }) },
      status: {
        ...(status?.observedGeneration !== undefined && { observedGeneration: status.observedGeneration }),
        ...(status?.lastScaleTime && { lastScaleTime: status.lastScaleTime }),
        currentReplicas: status?.currentReplicas ?? 0, desiredReplicas: status?.desiredReplicas ?? 0,
        ...(current !== undefined && { currentCPUUtilizationPercentage: current }),
      },
    };
  },
  toStored(autoscaler: AutoscalerV1): HorizontalPodAutoscaler {
    return {
      ...autoscaler, apiVersion: 'autoscaling/v2',
      metadata: withAnnotations(autoscaler, withoutKept(autoscaler.metadata.annotations)),
      spec: specOf(autoscaler), status: statusOf(autoscaler),
    } as HorizontalPodAutoscaler;
  },
};
