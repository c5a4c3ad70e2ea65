import type { CronJob } from '../../../api/generated/batch.v1';
import type { Describe } from '../../describe';
import { describeEvents, eventQuery } from '../../describing/events';
import { describeJobTemplate } from '../../describing/job';
import { describeMeta } from '../../describing/labels';
import { dateText } from '../../describing/time';
import { describeText, field } from '../../describing/writer';
import { optionalBool, orNone } from '../../printing';

export const cronJobDescribe: Describe<CronJob> = {
  group: 'batch',
  kind: 'CronJob',
  related: (cronJob) => [eventQuery(cronJob, 'CronJob')],
  render: (cronJob, { events }, { nowMs }) => describeText((write) => {
    const { metadata, spec, status } = cronJob;
    const deadline = spec?.startingDeadlineSeconds;
    describeMeta(write, metadata);
    field(write, 'Schedule', spec?.schedule);
    field(write, 'Concurrency Policy', spec?.concurrencyPolicy);
    field(write, 'Suspend', optionalBool(spec?.suspend));
    field(write, 'Successful Job History Limit', spec?.successfulJobsHistoryLimit ?? '<unset>');
    field(write, 'Failed Job History Limit', spec?.failedJobsHistoryLimit ?? '<unset>');
    field(write, 'Starting Deadline Seconds', deadline === undefined ? '<unset>' : `${deadline}s`);
    describeJobTemplate(write, spec?.jobTemplate ?? {});
    field(write, 'Last Schedule Time', status?.lastScheduleTime ? dateText(status.lastScheduleTime) : '<unset>');
    field(write, 'Active Jobs', orNone((status?.active ?? []).map(({ name }) => name ?? '').join(', ')));
    describeEvents(write, events, nowMs);
  }),
};
