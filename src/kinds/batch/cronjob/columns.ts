import type { CronJob } from '../../../api/generated/batch.v1';
import { translateTimestampSince } from '../../../api/duration';
import { formatLabelSelector } from '../../../api/selectors';
import type { Column } from '../../kind';
import { containerImages, containerNames } from '../../pods/template-columns';
import { age, optionalBool, wide } from '../../printing';

const jobSpec = ({ spec }: CronJob) => spec?.jobTemplate?.spec;

export const cronJobColumns: readonly Column<CronJob>[] = [
  { name: 'Schedule', value: ({ spec }) => spec?.schedule ?? '' },
  { name: 'Timezone', value: ({ spec }) => spec?.timeZone ?? '<none>' },
  { name: 'Suspend', type: 'boolean', value: ({ spec }) => optionalBool(spec?.suspend) },
  { name: 'Active', type: 'integer', value: ({ status }) => status?.active?.length ?? 0 },
  { name: 'Last Schedule', value: ({ status }, { nowMs }) => status?.lastScheduleTime ? translateTimestampSince(status.lastScheduleTime, nowMs) : '<none>' },
  age,
  wide('Containers', (cronJob) => containerNames(jobSpec(cronJob)?.template)),
  wide('Images', (cronJob) => containerImages(jobSpec(cronJob)?.template)),
  wide('Selector', (cronJob) => formatLabelSelector(jobSpec(cronJob)?.selector)),
];
