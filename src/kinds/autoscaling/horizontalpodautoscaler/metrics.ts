import { canonicalQuantity } from '../../../api/quantity';
import type { MetricSpec, MetricStatus, MetricTarget, MetricValueStatus } from '../../../api/generated/autoscaling.v2';

/** What is asked for, and what was found where that is known. */
export interface Metric {
  readonly spec: MetricSpec;
  readonly status: MetricStatus | undefined;
}

type Source = 'external' | 'pods' | 'object' | 'resource' | 'containerResource';

const sourceByType: Readonly<Record<string, Source>> = {
  External: 'external', Pods: 'pods', Object: 'object', Resource: 'resource', ContainerResource: 'containerResource',
};

const sourceOf = ({ type }: MetricSpec): Source | undefined => sourceByType[type];
const amount = (text: string | undefined) => canonicalQuantity(text ?? '0');

export function targetOf(spec: MetricSpec): MetricTarget | undefined {
  const source = sourceOf(spec);
  return source && spec[source]?.target;
}

export function currentOf(spec: MetricSpec, status: MetricStatus | undefined): MetricValueStatus | undefined {
  const source = sourceOf(spec);
  return source && status?.[source]?.current;
}

const isResource = ({ type }: MetricSpec) => type === 'Resource' || type === 'ContainerResource';
const percent = (share: number) => `${share}%`;

export function targetText(spec: MetricSpec): string {
  const { averageValue, averageUtilization, value } = targetOf(spec) ?? {};
  if (averageValue !== undefined || spec.type === 'Pods') return amount(averageValue);
  if (!isResource(spec)) return amount(value);
  return averageUtilization === undefined ? '<auto>' : percent(averageUtilization);
}

/** After formatHPAMetrics: a value that was not measured is unknown. */
export function currentText(spec: MetricSpec, status: MetricStatus | undefined): string {
  const current = currentOf(spec, status);
  const target = targetOf(spec);
  if (!current) return '<unknown>';
  if (spec.type === 'Pods') return amount(current.averageValue);
  if (target?.averageValue !== undefined) return isResource(spec) || current.averageValue !== undefined ? amount(current.averageValue) : '<unknown>';
  if (!isResource(spec)) return amount(current.value);
  return current.averageUtilization === undefined ? '<unknown>' : percent(current.averageUtilization);
}
