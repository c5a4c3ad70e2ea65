import type { FieldError } from '../../api/errors';
import type { JobSpec } from '../../api/generated/batch.v1';
import type { PodTemplateSpec } from '../../api/generated/core.v1';
import { invalidValue, nonNegativeField, notSupported, required, tooLong, type Path } from '../../api/validation';
import { validateDomainPrefixedPath } from '../domain-prefixed-path';
import { validatePodTemplate } from '../pods/validation';
import { validateFailurePolicy } from './failure-policy';
import { validateSuccessPolicy } from './success-policy';

const modes = ['Indexed', 'NonIndexed'];
const indexedMax = 100_000;
/** Above this many completions the other counts are limited further, where there is a limit per index. */
const manyCompletions = 100_000;
const atManyCompletions = 10_000;
const managedByMax = 63;

const counts = ['parallelism', 'completions', 'activeDeadlineSeconds', 'backoffLimit', 'ttlSecondsAfterFinished', 'backoffLimitPerIndex', 'maxFailedIndexes'] as const;

function validateManyCompletions({ parallelism = 0, maxFailedIndexes }: JobSpec, path: Path): FieldError[] {
  const detail = `must be less than or equal to ${atManyCompletions} when completions are above ${manyCompletions} and used with backoff limit per index`;
  return [
    ...(maxFailedIndexes === undefined ? [required(`${path}.maxFailedIndexes`, `must be specified when completions is above ${manyCompletions}`)] : []),
    ...(parallelism > atManyCompletions ? [invalidValue(`${path}.parallelism`, parallelism, detail)] : []),
    ...((maxFailedIndexes ?? 0) > atManyCompletions ? [invalidValue(`${path}.maxFailedIndexes`, maxFailedIndexes, detail)] : []),
  ];
}

function validateIndexed(spec: JobSpec, path: Path): FieldError[] {
  const { completions, parallelism = 0, maxFailedIndexes = 0 } = spec;
  return [
    ...(completions === undefined ? [required(`${path}.completions`, 'when completion mode is Indexed')] : []),
    ...(parallelism > indexedMax
      ? [invalidValue(`${path}.parallelism`, parallelism, `must be less than or equal to ${indexedMax} when completion mode is Indexed`)] : []),
    ...(completions !== undefined && maxFailedIndexes > completions
      ? [invalidValue(`${path}.maxFailedIndexes`, maxFailedIndexes, 'must be less than or equal to completions')] : []),
    ...(maxFailedIndexes > indexedMax ? [invalidValue(`${path}.maxFailedIndexes`, maxFailedIndexes, `must be less than or equal to ${indexedMax}`)] : []),
    ...((completions ?? 0) > manyCompletions && spec.backoffLimitPerIndex !== undefined ? validateManyCompletions(spec, path) : []),
  ];
}

function validateMode(spec: JobSpec, path: Path): FieldError[] {
  const { completionMode = 'NonIndexed' } = spec;
  if (completionMode === 'Indexed') return validateIndexed(spec, path);
  if (completionMode !== 'NonIndexed') return [notSupported(`${path}.completionMode`, completionMode, modes)];
  return (['backoffLimitPerIndex', 'maxFailedIndexes'] as const).flatMap((field) =>
    spec[field] === undefined ? [] : [invalidValue(`${path}.${field}`, spec[field], 'requires indexed completion mode')]);
}

function validateReplacementPolicy({ podReplacementPolicy: policy, podFailurePolicy }: JobSpec, path: Path): FieldError[] {
  const supported = podFailurePolicy ? ['Failed'] : ['Failed', 'TerminatingOrFailed'];
  return policy === undefined || supported.includes(policy) ? [] : [notSupported(path, policy, supported)];
}

function validateManagedBy({ managedBy }: JobSpec, path: Path): FieldError[] {
  if (managedBy === undefined) return [];
  return [
    ...validateDomainPrefixedPath(managedBy, path),
    ...(managedBy.length > managedByMax ? [tooLong(path, managedByMax)] : []),
  ];
}

/** The pods of a job must be able to end. */
function validateRestartPolicy({ spec }: PodTemplateSpec, { podFailurePolicy }: JobSpec, path: Path): FieldError[] {
  const policy = spec?.restartPolicy;
  if (!policy || policy === 'Always') return [required(path, 'valid values: "OnFailure", "Never"')];
  if (policy !== 'OnFailure' && policy !== 'Never') return [notSupported(path, policy, ['Never', 'OnFailure'])];
  return podFailurePolicy && policy !== 'Never' ? [invalidValue(path, policy, 'only "Never" is supported when podFailurePolicy is specified')] : [];
}

/** What holds for the spec of a job and for the one in a CronJob's template. After validateJobSpec. */
export function validateJobSpec(spec: JobSpec, path: Path): FieldError[] {
  const template = spec.template ?? {};
  return [
    ...counts.flatMap((field) => nonNegativeField(`${path}.${field}`, spec[field])),
    ...(spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined
      ? [required(`${path}.backoffLimitPerIndex`, 'when maxFailedIndexes is specified')] : []),
    ...validateManagedBy(spec, `${path}.managedBy`),
    ...validateMode(spec, path),
    ...validateFailurePolicy(spec, `${path}.podFailurePolicy`),
    ...validateSuccessPolicy(spec, `${path}.successPolicy`),
    ...validateReplacementPolicy(spec, `${path}.podReplacementPolicy`),
    ...validatePodTemplate(template, `${path}.template`),
    ...validateRestartPolicy(template, spec, `${path}.template.spec.restartPolicy`),
  ];
}
