import type { FieldError } from '../../../api/errors';
import type { MetricIdentifier, MetricSpec, MetricTarget } from '../../../api/generated/autoscaling.v2';
import { canonicalQuantity, parseQuantity } from '../../../api/quantity';
import {
  forbiddenField, invalidEach, invalidValue, isDNS1123Label, nameIsPathSegment, notSupported, required, type Path,
} from '../../../api/validation';
import { validateContainerResourceName } from '../../resource-names';
import type { Check } from '../../validating';
import { validateReference } from './reference';

const types = ['ContainerResource', 'External', 'Object', 'Pods', 'Resource'];
const targetTypes = ['Utilization', 'Value', 'AverageValue'];

function positive(text: string | undefined, path: Path): FieldError[] {
  return text === undefined || parseQuantity(text).unscaled > 0n ? [] : [invalidValue(path, canonicalQuantity(text), 'must be positive')];
}

function validateTarget({ type, value, averageValue, averageUtilization }: MetricTarget, path: Path): FieldError[] {
  return [
    ...(type ? [] : [required(`${path}.type`, 'must specify a metric target type')]),
    ...(targetTypes.includes(type) ? [] : [invalidValue(`${path}.type`, type ?? '', 'must be either Utilization, Value, or AverageValue')]),
    ...positive(value, `${path}.value`),
    ...positive(averageValue, `${path}.averageValue`),
    ...(averageUtilization !== undefined && averageUtilization < 1 ? [invalidValue(`${path}.averageUtilization`, averageUtilization, 'must be greater than 0')] : []),
  ];
}

function validateIdentifier({ name }: MetricIdentifier, path: Path): FieldError[] {
  return name ? invalidEach(`${path}.name`, name, nameIsPathSegment(name, false)) : [required(`${path}.name`, 'must specify a metric name')];
}

/** Of a resource either an amount or a share of what was requested. */
function validateResourceTarget(target: MetricTarget, path: Path): FieldError[] {
  const { averageUtilization, averageValue } = target;
  return [
    ...validateTarget(target, path),
    ...(averageUtilization === undefined && averageValue === undefined ? [required(`${path}.averageUtilization`, 'must set either a target raw value or a target utilization')] : []),
    ...(averageUtilization !== undefined && averageValue !== undefined ? [forbiddenField(`${path}.averageValue`, 'may not set both a target raw value and a target utilization')] : []),
  ];
}

type Sources = Omit<MetricSpec, 'type'>;

const sources: { [Source in keyof Sources]-?: Check<NonNullable<Sources[Source]>> } = {
  object: ({ describedObject, metric, target }, path) => [
    ...validateReference(describedObject ?? {}, `${path}.describedObject`),
    ...validateIdentifier(metric, `${path}.metric`),
    ...validateTarget(target, `${path}.target`),
    ...(target.value === undefined && target.averageValue === undefined ? [required(`${path}.target.averageValue`, 'must set either a target value or averageValue')] : []),
  ],
  external: ({ metric, target }, path) => [
    ...validateIdentifier(metric, `${path}.metric`),
    ...validateTarget(target, `${path}.target`),
    ...(target.value === undefined && target.averageValue === undefined
      ? [required(`${path}.target.averageValue`, 'must set either a target value for metric or a per-pod target')] : []),
    ...(target.value !== undefined && target.averageValue !== undefined
      ? [forbiddenField(`${path}.target.value`, 'may not set both a target value for metric and a per-pod target')] : []),
  ],
  pods: ({ metric, target }, path) => [
    ...validateIdentifier(metric, `${path}.metric`),
    ...validateTarget(target, `${path}.target`),
    ...(target.averageValue === undefined ? [required(`${path}.target.averageValue`, 'must specify a positive target averageValue')] : []),
  ],
  resource: ({ name, target }, path) => [
    ...(name ? [] : [required(`${path}.name`, 'must specify a resource name')]),
    ...validateResourceTarget(target, `${path}.target`),
  ],
  containerResource: ({ name, container, target }, path) => [
    ...(name ? validateContainerResourceName(name, `${path}.name`) : [required(`${path}.name`, 'must specify a resource name')]),
    ...(container ? invalidEach(`${path}.container`, container, isDNS1123Label(container)) : [required(`${path}.container`, 'must specify a container')]),
    ...validateResourceTarget(target, `${path}.target`),
  ],
};

/** After validateMetricSpec. */
export const validateMetric: Check<MetricSpec> = (metric, path) => {
  const { type } = metric;
  const set = (Object.keys(sources) as (keyof Sources)[]).filter((source) => metric[source] !== undefined);
  const [first] = set;
  const expected = types.includes(type) ? `${type.charAt(0).toLowerCase()}${type.slice(1)}` as keyof Sources : undefined;
  return [
    ...(type ? [] : [required(`${path}.type`, 'must specify a metric source type')]),
    ...(expected ? [] : [notSupported(`${path}.type`, type ?? '', types)]),
    ...(first ? (sources[first] as Check<unknown>)(metric[first], `${path}.${first}`) : []),
    ...(expected && metric[expected] === undefined ? [required(`${path}.${expected}`, 'must populate information for the given metric source')] : []),
    ...(set.length === 1 ? [] : set.filter((source) => source !== expected).map((source) => forbiddenField(`${path}.${source}`, 'must populate the given metric source only'))),
  ];
};
