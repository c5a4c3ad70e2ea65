import type { MetricIdentifier, MetricSpec, MetricStatus, MetricTarget } from '../../../api/generated/autoscaling.v2';

/** A metric in the form that v1 keeps in an annotation: flat, its type beside one source. */
export type FlatMetric = { readonly type: string } & Readonly<Record<string, unknown>>;

type Fields = Readonly<Record<string, unknown>>;

/** Without members that are undefined. */
const set = (fields: Fields): Fields => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const identifier = (name: unknown, selector: unknown) => set({ name, selector }) as unknown as MetricIdentifier;
const flat = (type: string, source: string, fields: Fields): FlatMetric => ({ type, [source]: set(fields) });

/** After Convert_autoscaling_MetricSpec_To_v1_MetricSpec. */
export function flatSpec({ type, object, pods, resource, containerResource, external }: MetricSpec): FlatMetric {
  if (object) {
    const { describedObject, metric, target } = object;
    return flat(type, 'object', { target: describedObject, metricName: metric.name, targetValue: target.value ?? '0', selector: metric.selector, averageValue: target.averageValue });
  }
  if (pods) return flat(type, 'pods', { metricName: pods.metric.name, targetAverageValue: pods.target.averageValue ?? '0', selector: pods.metric.selector });
  if (external) {
    const { metric, target } = external;
    return flat(type, 'external', { metricName: metric.name, metricSelector: metric.selector, targetValue: target.value, targetAverageValue: target.averageValue });
  }
  const amounts = ({ averageUtilization, averageValue }: MetricTarget) => ({ targetAverageUtilization: averageUtilization, targetAverageValue: averageValue });
  if (resource) return flat(type, 'resource', { name: resource.name, ...amounts(resource.target) });
  if (containerResource) return flat(type, 'containerResource', { name: containerResource.name, ...amounts(containerResource.target), container: containerResource.container });
  return { type };
}

/** After Convert_autoscaling_MetricStatus_To_v1_MetricStatus. */
export function flatStatus({ type, object, pods, resource, containerResource, external }: MetricStatus): FlatMetric {
  if (object) {
    const { describedObject, metric, current } = object;
    return flat(type, 'object', { target: describedObject, metricName: metric.name, currentValue: current.value ?? '0', selector: metric.selector, averageValue: current.averageValue });
  }
  if (pods) return flat(type, 'pods', { metricName: pods.metric.name, currentAverageValue: pods.current.averageValue ?? '0', selector: pods.metric.selector });
  if (external) {
    const { metric, current } = external;
    return flat(type, 'external', { metricName: metric.name, metricSelector: metric.selector, currentValue: current.value ?? '0', currentAverageValue: current.averageValue });
  }
  const of = resource ?? containerResource;
  if (!of) return { type };
  const { averageUtilization, averageValue = '0' } = of.current;
  const fields = { name: of.name, currentAverageUtilization: averageUtilization, currentAverageValue: averageValue };
  return resource ? flat(type, 'resource', fields) : flat(type, 'containerResource', { ...fields, container: containerResource!.container });
}

function target(value: unknown, averageValue: unknown, averageUtilization: unknown, otherwise: MetricTarget['type']): MetricTarget {
  const type = averageUtilization !== undefined ? 'Utilization' : averageValue !== undefined ? 'AverageValue' : otherwise;
  return { type, ...set({ value, averageValue, averageUtilization }) } as MetricTarget;
}

const unflat = (type: string, source: string, fields: Fields) => ({ type, [source]: fields });

const specs: Readonly<Record<string, (fields: Fields) => Fields>> = {
  object: (f) => ({ describedObject: f.target, metric: identifier(f.metricName, f.selector), target: target(f.targetValue, f.averageValue, undefined, 'Value') }),
  pods: (f) => ({ metric: identifier(f.metricName, f.selector), target: target(undefined, f.targetAverageValue, undefined, 'AverageValue') }),
  external: (f) => ({ metric: identifier(f.metricName, f.metricSelector), target: target(f.targetValue, f.targetAverageValue, undefined, 'Value') }),
  resource: (f) => ({ name: f.name, target: target(undefined, f.targetAverageValue, f.targetAverageUtilization, 'AverageValue') }),
  containerResource: (f) => ({ name: f.name, container: f.container, target: target(undefined, f.targetAverageValue, f.targetAverageUtilization, 'AverageValue') }),
};

const statuses: Readonly<Record<string, (fields: Fields) => Fields>> = {
  object: (f) => ({ describedObject: f.target, metric: identifier(f.metricName, f.selector), current: set({ value: f.currentValue, averageValue: f.averageValue }) }),
  pods: (f) => ({ metric: identifier(f.metricName, f.selector), current: set({ averageValue: f.currentAverageValue }) }),
  external: (f) => ({ metric: identifier(f.metricName, f.metricSelector), current: set({ value: f.currentValue, averageValue: f.currentAverageValue }) }),
  resource: (f) => ({ name: f.name, current: set({ averageValue: f.currentAverageValue, averageUtilization: f.currentAverageUtilization }) }),
  containerResource: (f) => ({ name: f.name, container: f.container, current: set({ averageValue: f.currentAverageValue, averageUtilization: f.currentAverageUtilization }) }),
};

function restored(metric: FlatMetric, by: typeof specs): unknown {
  const source = Object.keys(by).find((name) => metric[name]);
  return source ? unflat(metric.type, source, by[source]!(metric[source] as Fields)) : { type: metric.type };
}

export const restoredSpec = (metric: FlatMetric) => restored(metric, specs) as MetricSpec;
export const restoredStatus = (metric: FlatMetric) => restored(metric, statuses) as MetricStatus;
