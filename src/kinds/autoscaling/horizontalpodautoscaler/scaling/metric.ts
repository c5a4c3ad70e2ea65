import type { MetricSpec, MetricStatus, MetricTarget } from '../../../../api/generated/autoscaling.v2';
import { formatQuantity, newMilliQuantity, newQuantity, parseQuantity, toMilli } from '../../../../api/quantity';
import { proposeReplicas, type Measured, type Proposal } from './replicas';

export interface MetricOutcome {
  readonly replicas: number;
  /** In the words of reasons: `cpu resource utilization (percentage of request)`. */
  readonly name: string;
  readonly status: MetricStatus;
}

/** Why a metric says nothing: `reason` is the condition's and the event's. */
export class MetricFailure extends Error {
  override readonly name = 'MetricFailure';
  /** `message` is the condition's; `told` what the summary over all metrics says. */
  constructor(readonly reason: string, message: string, readonly told: string) {
    super(message);
  }
}

export const isMetricFailure = (error: unknown): error is MetricFailure => error instanceof Error && error.name === 'MetricFailure';

/** Of one metric. Throws MetricFailure. */
export function judgeMetric(spec: MetricSpec, current: number, measured: Measured | Error): MetricOutcome {
  switch (spec.type) {
    case 'Resource': return resourceMetric(spec.resource!.name, undefined, spec.resource!.target, current, measured);
    case 'ContainerResource': return resourceMetric(spec.containerResource!.name, spec.containerResource!.container, spec.containerResource!.target, current, measured);
    case 'Pods': return unserved('FailedGetPodsMetric', 'pods', `unable to get metric ${spec.pods!.metric.name}`, 'custom');
    case 'Object': return unserved('FailedGetObjectMetric', 'object', `unable to get metric ${spec.object!.metric.name}: ${spec.object!.describedObject.kind}`, 'custom');
    case 'External': return unserved('FailedGetExternalMetric', `${spec.external!.metric.name} external`, `unable to get external metric ${spec.external!.metric.name}`, 'external');
    default: throw new MetricFailure('InvalidMetricSourceType', `unknown metric source type ${JSON.stringify(spec.type)}`, `unknown metric source type ${JSON.stringify(spec.type)}`);
  }
}

/** Nothing serves such metrics in this cluster. */
function unserved(reason: string, what: string, lead: string, api: string): never {
  const message = `${lead}: unable to fetch metrics from ${api} metrics API: the server could not find the requested resource (get ${api}.metrics.k8s.io)`;
  throw new MetricFailure(reason, message, `failed to get ${what} metric value: ${message}`);
}

function resourceMetric(resource: string, container: string | undefined, target: MetricTarget, current: number, measured: Measured | Error): MetricOutcome {
  const reason = container === undefined ? 'FailedGetResourceMetric' : 'FailedGetContainerResourceMetric';
  const told = container === undefined ? `${resource} resource` : `${container} container`;
  const isUtilization = target.averageUtilization !== undefined;
  try {
    if (measured instanceof Error) throw measured;
    const proposal = proposeReplicas(current, {
      resource, ...(container !== undefined && { container }),
      ...(isUtilization ? { utilization: target.averageUtilization! } : { averageMilli: toMilli(parseQuantity(target.averageValue ?? '0')) }),
    }, measured);
    return { replicas: proposal.replicas, name: nameOf(resource, container, isUtilization), status: statusOf(resource, container, proposal) };
  } catch (error) {
    const message = `failed to get ${resource} ${isUtilization ? 'utilization' : 'usage'}: ${(error as Error).message}`;
    throw new MetricFailure(reason, message, `failed to get ${told} metric value: ${message}`);
  }
}

function nameOf(resource: string, container: string | undefined, isUtilization: boolean): string {
  const kind = container === undefined ? 'resource' : 'container resource';
  return isUtilization ? `${resource} ${kind} utilization (percentage of request)` : `${resource} ${kind}`;
}

function statusOf(name: string, container: string | undefined, { utilization, average }: Proposal): MetricStatus {
  const averageValue = formatQuantity(name === 'cpu' ? newMilliQuantity(average, 'DecimalSI') : newQuantity(Math.floor(average / 1000), 'DecimalSI'));
  const current = { averageValue, ...(utilization !== undefined && { averageUtilization: utilization }) };
  return container === undefined ? { type: 'Resource', resource: { name, current } } : { type: 'ContainerResource', containerResource: { name, container, current } };
}
