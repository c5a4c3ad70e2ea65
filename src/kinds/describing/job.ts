import { formatLabelSelector } from '../../api/selectors';
import type { JobTemplateSpec } from '../../api/generated/batch.v1';
import { describePodTemplate } from './pod-template';
import { field, type Write } from './writer';

/** Of a CronJob. */
export function describeJobTemplate(write: Write, { spec }: JobTemplateSpec): void {
  field(write, 'Selector', spec?.selector ? formatLabelSelector(spec.selector) : '<unset>');
  field(write, 'Parallelism', spec?.parallelism ?? '<unset>');
  field(write, 'Completions', spec?.completions ?? '<unset>');
  if (spec?.activeDeadlineSeconds !== undefined) field(write, 'Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
  describePodTemplate(write, spec?.template ?? {});
}
