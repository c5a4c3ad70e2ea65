import type { Job, JobSpec } from '../../../api/generated/batch.v1';
import type { Strategy } from '../../kind';
import { defaultPodTemplate } from '../../pods/defaults';
import { podNamesWarnings } from '../../pods/warnings';
import { jobSpecWarnings } from '../warnings';
import { generateSelector } from './generated-selector';
import { validateJob, validateJobStatus, validateJobUpdate } from './validation';

const int32Max = 2 ** 31 - 1;

/** Neither count given: one pod. */
function defaultCounts(spec: JobSpec): void {
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : int32Max;
}

function defaultPolicies(spec: JobSpec): void {
  spec.completionMode ??= 'NonIndexed';
  spec.suspend ??= false;
  for (const pattern of spec.podFailurePolicy?.rules?.flatMap(({ onPodConditions }) => onPodConditions ?? []) ?? []) pattern.status ||= 'True';
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? 'Failed' : 'TerminatingOrFailed';
}

function defaultLabels({ metadata, spec }: Job): void {
  const labels = spec?.template?.metadata?.labels;
  if (labels && Object.keys(metadata.labels ?? {}).length === 0) metadata.labels = { ...labels };
}

/** After SetDefaults_Job and pkg/registry/batch/job/strategy.go. */
export const jobStrategy: Strategy<Job> = {
  setDefaults(job) {
    const spec = job.spec ??= {} as JobSpec;
    defaultCounts(spec);
    defaultLabels(job);
    defaultPolicies(spec);
    defaultPodTemplate(spec.template);
  },
  prepareForCreate(job) {
    job.status = {};
    generateSelector(job);
  },
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  validateStatusUpdate: validateJobStatus,
  warnings: ({ metadata, spec }, old) => [
    ...(old ? [] : podNamesWarnings(metadata.name)),
    ...jobSpecWarnings(spec, old?.spec, 'spec'),
  ],
  defaultPropagation: 'Orphan',
};
