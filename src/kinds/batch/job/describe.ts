import type { Job } from '../../../api/generated/batch.v1';
import { humanDuration } from '../../../api/duration';
import { formatLabelSelector } from '../../../api/selectors';
import type { Describe } from '../../describe';
import { describeController } from '../../describing/controlled';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeAnnotations, describeLabels } from '../../describing/labels';
import { describePodTemplate } from '../../describing/pod-template';
import { dateText } from '../../describing/time';
import { describeText, field, type Write } from '../../describing/writer';

const indexesMax = 50;

/** Long lists are cut at the next comma. */
function indexesText(indexes: string | undefined): string {
  if (!indexes) return '<none>';
  const comma = indexes.indexOf(',', indexesMax);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}

function describeSpec(write: Write, { spec }: Job): void {
  if (!spec) return;
  if (spec.parallelism !== undefined) field(write, 'Parallelism', spec.parallelism);
  field(write, 'Completions', spec.completions ?? '<unset>');
  if (spec.completionMode !== undefined) field(write, 'Completion Mode', spec.completionMode);
  if (spec.suspend !== undefined) field(write, 'Suspend', spec.suspend);
  if (spec.backoffLimit !== undefined) field(write, 'Backoff Limit', spec.backoffLimit);
  if (spec.ttlSecondsAfterFinished !== undefined) field(write, 'TTL Seconds After Finished', spec.ttlSecondsAfterFinished);
}

function describeTimes(write: Write, { startTime, completionTime }: NonNullable<Job['status']>): void {
  if (startTime) field(write, 'Start Time', dateText(startTime));
  if (completionTime) field(write, 'Completed At', dateText(completionTime));
  if (startTime && completionTime) field(write, 'Duration', humanDuration(Date.parse(completionTime) - Date.parse(startTime)));
}

function podsText({ active = 0, ready, succeeded = 0, failed = 0 }: NonNullable<Job['status']>): string {
  return `${active} Active${ready === undefined ? '' : ` (${ready} Ready)`} / ${succeeded} Succeeded / ${failed} Failed`;
}

export const jobDescribe: Describe<Job> = {
  group: 'batch',
  kind: 'Job',
  related: (job) => [eventQuery(job, 'Job')],
  render: (job, { events }, { nowMs }) => describeText((write) => {
    const { metadata, spec, status = {} } = job;
    field(write, 'Name', metadata.name);
    field(write, 'Namespace', metadata.namespace);
    field(write, 'Selector', formatLabelSelector(spec?.selector));
    describeLabels(write, 'Labels', metadata.labels);
    describeAnnotations(write, 'Annotations', metadata.annotations);
    describeController(write, job);
    describeSpec(write, job);
    describeTimes(write, status);
    if (spec?.activeDeadlineSeconds !== undefined) field(write, 'Active Deadline Seconds', `${spec.activeDeadlineSeconds}s`);
    field(write, 'Pods Statuses', podsText(status));
    if (spec?.completionMode === 'Indexed') field(write, 'Completed Indexes', indexesText(status.completedIndexes));
    describePodTemplate(write, spec?.template ?? {});
    describeEvents(write, events, nowMs);
  }),
};
