import type { HorizontalPodAutoscaler, HPAScalingRules, MetricSpec, MetricStatus } from '../../../api/generated/autoscaling.v2';
import { quote } from '../../../api/go/quote';
import { canonicalQuantity } from '../../../api/quantity';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeMeta } from '../../describing/labels';
import { dateText } from '../../describing/time';
import { describeText, field, type Write } from '../../describing/writer';
import { currentOf, currentText, targetOf, targetText } from './metrics';

/** What the metric is, before its colon. */
function titleOf({ type, external, pods, object, resource, containerResource }: MetricSpec): string | undefined {
  const kind = (average: boolean) => average ? '(target average value)' : '(target value)';
  if (type === 'External' && external) return `${quote(external.metric.name)} ${kind(external.target.averageValue !== undefined)}`;
  if (type === 'Pods' && pods) return `${quote(pods.metric.name)} on pods`;
  if (type === 'Object' && object) {
    return `"${object.metric.name}" on ${object.describedObject.kind}/${object.describedObject.name} ${kind(object.target.type === 'AverageValue')}`;
  }
  // The piece in brackets is written with an indentation of its own.
  const share = (of: { target: { averageValue?: string } }) => of.target.averageValue === undefined ? '  (as a percentage of request)' : '';
  if (type === 'Resource' && resource) return `resource ${resource.name} on pods${share(resource)}`;
  if (type === 'ContainerResource' && containerResource) {
    return `resource ${containerResource.name} of container "${containerResource.container}" on pods${share(containerResource)}`;
  }
  return undefined;
}

/** A share comes with the amount behind it. */
function currentWithAmount(metric: MetricSpec, status: MetricStatus | undefined): string {
  const text = currentText(metric, status);
  if (!text.endsWith('%')) return text;
  return `${text} (${canonicalQuantity(currentOf(metric, status)?.averageValue ?? '0')})`;
}

function describeMetric(write: Write, metric: MetricSpec, status: MetricStatus | undefined): void {
  const title = titleOf(metric);
  if (title === undefined || !targetOf(metric)) return write(1, `<unknown metric type ${quote(metric.type)}>\n`);
  write(1, `${title}:\t${currentWithAmount(metric, status)} / ${targetText(metric)}\n`);
}

function describeRules(write: Write, title: string, rules: HPAScalingRules | undefined): void {
  if (!rules) return;
  write(1, `${title}:\n`);
  if (rules.stabilizationWindowSeconds !== undefined) write(2, `Stabilization Window: ${rules.stabilizationWindowSeconds} seconds\n`);
  if (!rules.policies?.length) return;
  write(2, `Select Policy: ${rules.selectPolicy ?? 'Max'}\n`);
  write(2, 'Policies:\n');
  for (const { type, value, periodSeconds } of rules.policies) write(3, `- Type: ${type}\tValue: ${value}\tPeriod: ${periodSeconds} seconds\n`);
}

function describeConditions(write: Write, { status }: HorizontalPodAutoscaler): void {
  if (!status?.conditions?.length) return;
  write(0, 'Conditions:\n');
  write(1, 'Type\tStatus\tReason\tMessage\n');
  write(1, '----\t------\t------\t-------\n');
  for (const { type, status: value, reason = '', message = '' } of status.conditions) write(1, `${[type, value, reason, message].join('\t')}\n`);
}

export const horizontalPodAutoscalerDescribe: Describe<HorizontalPodAutoscaler> = {
  group: 'autoscaling',
  kind: 'HorizontalPodAutoscaler',
  related: (autoscaler) => [eventQuery(autoscaler, 'HorizontalPodAutoscaler')],
  render: (autoscaler, { events }, { nowMs }) => describeText((write) => {
    const { metadata, spec, status } = autoscaler;
    const target = spec?.scaleTargetRef;
    describeMeta(write, metadata);
    field(write, 'CreationTimestamp', dateText(metadata.creationTimestamp));
    field(write, 'Reference', `${target?.kind ?? ''}/${target?.name ?? ''}`);
    field(write, 'Metrics', '( current / target )');
    spec?.metrics?.forEach((metric, i) => describeMetric(write, metric, status?.currentMetrics?.[i]));
    field(write, 'Min replicas', spec?.minReplicas ?? '<unset>');
    field(write, 'Max replicas', spec?.maxReplicas ?? 0);
    if (spec?.behavior) {
      write(0, 'Behavior:\n');
      describeRules(write, 'Scale Up', spec.behavior.scaleUp);
      describeRules(write, 'Scale Down', spec.behavior.scaleDown);
    }
    field(write, `${target?.kind ?? ''} pods`, `${status?.currentReplicas ?? 0} current / ${status?.desiredReplicas ?? 0} desired`);
    describeConditions(write, autoscaler);
    describeEvents(write, events, nowMs);
  }),
};
