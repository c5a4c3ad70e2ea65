import type { CronJob } from '../../../api/generated/batch.v1';
import type { Strategy } from '../../kind';
import { defaultPodTemplate } from '../../pods/defaults';
import { podNamesWarnings } from '../../pods/warnings';
import { jobSpecWarnings } from '../warnings';
import { validateCronJob } from './validation';

/** After SetDefaults_CronJob and pkg/registry/batch/cronjob/strategy.go. What jobs default is left to the jobs. */
export const cronJobStrategy: Strategy<CronJob> = {
  setDefaults({ spec }) {
    if (!spec) return;
    spec.concurrencyPolicy ||= 'Allow';
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    defaultPodTemplate(spec.jobTemplate?.spec?.template);
  },
  prepareForCreate(cronJob) {
    cronJob.status = {};
  },
  validate: validateCronJob,
  warnings: ({ metadata, spec }, old) => [
    ...(old ? [] : podNamesWarnings(metadata.name)),
    ...jobSpecWarnings(spec?.jobTemplate?.spec, old?.spec?.jobTemplate?.spec, 'spec.jobTemplate.spec'),
  ],
};
