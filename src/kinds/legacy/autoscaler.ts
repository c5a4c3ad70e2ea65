import type { HorizontalPodAutoscaler } from '../../api/generated/autoscaling.v2';
import type { KubeObject } from '../../api/meta';
import { behaviorOf, behaviorText, withoutKept } from '../autoscaling/horizontalpodautoscaler-v1/annotations';
import { flatSpec, flatStatus, restoredSpec, restoredStatus, type FlatMetric } from '../autoscaling/horizontalpodautoscaler-v1/metrics';
import type { Conversion } from '../kind';

type Flat = KubeObject & { spec?: { metrics?: FlatMetric[] }; status?: { currentMetrics?: FlatMetric[] } };

function withAnnotations({ annotations: _, ...rest }: KubeObject['metadata'], annotations: Record<string, string>): KubeObject['metadata'] {
  return { ...rest, ...(Object.keys(annotations).length > 0 && { annotations }) };
}

/** autoscaling/v2beta1: metrics are flat, behavior is in an annotation. After pkg/apis/autoscaling/v2beta1/conversion.go. */
export const flatAutoscalerConversion: Conversion = {
  fromStored(object) {
    const { metadata, spec, status, ...rest } = object as HorizontalPodAutoscaler;
    const { behavior, ...others } = spec ?? {};
    const annotations = { ...withoutKept(metadata.annotations), ...(behavior && behaviorText(behavior)) };
    return {
      ...rest, apiVersion: 'autoscaling/v2beta1', metadata: withAnnotations(metadata, annotations),
      ...(spec && { spec: { ...others, ...(spec.metrics && { metrics: spec.metrics.map(flatSpec) }) } }),
      ...(status && { status: { ...status, ...(status.currentMetrics && { currentMetrics: status.currentMetrics.map(flatStatus) }) } }),
    } as KubeObject;
  },
  toStored(object) {
    const { metadata, spec, status, ...rest } = object as Flat;
    const behavior = behaviorOf(metadata.annotations);
    return {
      ...rest, apiVersion: 'autoscaling/v2', metadata: withAnnotations(metadata, withoutKept(metadata.annotations)),
      ...(spec && { spec: { ...spec, ...(spec.metrics && { metrics: spec.metrics.map(restoredSpec) }), ...(behavior && { behavior }) } }),
      ...(status && { status: { ...status, ...(status.currentMetrics && { currentMetrics: status.currentMetrics.map(restoredStatus) }) } }),
    } as KubeObject;
  },
};
