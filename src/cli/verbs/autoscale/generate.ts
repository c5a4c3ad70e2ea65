import type { KubeObject } from '../../../api/meta';

export interface AutoscaleSpec {
  readonly name: string;
  readonly target: { readonly apiVersion: string; readonly kind: string; readonly name: string };
  readonly max: number;
  /** Below 1: not said. */
  readonly min: number;
  /** Below 0: not said. */
  readonly cpuPercent: number;
}

/** The autoscaler in this version of its API. After createHorizontalPodAutoscalerV1 and V2 in autoscale.go. */
export const generators: Readonly<Record<'v1' | 'v2', (spec: AutoscaleSpec) => KubeObject>> = {
  v2: (spec) => autoscaler('v2', spec, spec.cpuPercent < 0 ? {} : {
    metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: spec.cpuPercent } } }],
  }),
  v1: (spec) => autoscaler('v1', spec, spec.cpuPercent < 0 ? {} : { targetCPUUtilizationPercentage: spec.cpuPercent }),
};

function autoscaler(version: string, { name, target: { apiVersion, kind, name: targetName }, max, min }: AutoscaleSpec, more: object): KubeObject {
  return {
    apiVersion: `autoscaling/${version}`, kind: 'HorizontalPodAutoscaler', metadata: { name, creationTimestamp: null },
    spec: { scaleTargetRef: { apiVersion, kind, name: targetName }, ...(min > 0 && { minReplicas: min }), maxReplicas: max, ...more },
  } as unknown as KubeObject;
}
