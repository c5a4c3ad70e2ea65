import type { FieldError } from '../../../api/errors';
import type { Job, JobSpec } from '../../../api/generated/batch.v1';
import type { PodTemplateSpec } from '../../../api/generated/core.v1';
import {
  fieldIsImmutable, immutable, invalidValue, isDNS1123Label, nameIsDNSSubdomain, required, semanticEqual, ShownAs, validateLabelSelector,
  validateObjectMeta, type Path,
} from '../../../api/validation';
import { validateCounts } from '../../pods/validation/counts';
import { immutableSelector, validateSelected } from '../../pods/validation/workload';
import { validateJobSpec } from '../spec-validation';
import { validateGeneratedSelector } from './generated-selector';

/** The pods of an indexed job are called `<name>-<index>`, and that is a host name. */
function validatePodNames({ metadata: { name }, spec }: Job): FieldError[] {
  const { completionMode, completions = 0 } = spec ?? {};
  if (completionMode !== 'Indexed' || completions <= 0) return [];
  const longest = `${name}-${completions - 1}`;
  return isDNS1123Label(longest).length === 0 ? []
    : [invalidValue('metadata.name', name, `will not able to create pod with invalid DNS label: ${longest}`)];
}

/** After ValidateJob. */
export function validateJob(job: Job): FieldError[] {
  const spec = job.spec!;
  return [
    ...validateObjectMeta(job.metadata, true, nameIsDNSSubdomain),
    ...validateGeneratedSelector(job),
    ...validateJobSpec(spec, 'spec'),
    ...(spec.selector ? validateLabelSelector(spec.selector, 'spec.selector') : [required('spec.selector')]),
    ...validateSelected(spec.template ?? {}, spec.selector, 'spec.template'),
    ...validatePodNames(job),
  ];
}

/** The old template with what may change while a job waits for its start taken from the new one. */
function withSchedulingOf(old: PodTemplateSpec, template: PodTemplateSpec): PodTemplateSpec {
  const { labels, annotations } = template.metadata ?? {};
  const { nodeSelector, tolerations, schedulingGates, affinity } = template.spec ?? {};
  const others = { ...old.spec?.affinity };
  delete others.nodeAffinity;
  return {
    ...old, metadata: { ...old.metadata, labels, annotations },
    spec: { ...old.spec!, nodeSelector, tolerations, schedulingGates, affinity: { ...others, ...(affinity?.nodeAffinity && { nodeAffinity: affinity.nodeAffinity }) } },
  };
}

function validateTemplateUpdate(template: PodTemplateSpec, old: PodTemplateSpec, mayMove: boolean, path: Path): FieldError[] {
  const allowed = mayMove ? withSchedulingOf(old, template) : old;
  return semanticEqual(template, allowed) ? [] : [invalidValue(path, new ShownAs(JSON.stringify(template)), fieldIsImmutable)];
}

/** An indexed job may grow and shrink, its completions and parallelism together. */
function validateCompletionsUpdate({ completions, parallelism, completionMode }: JobSpec, old: JobSpec): FieldError[] {
  if (completionMode !== 'Indexed') return immutable('spec.completions', completions, old.completions);
  if (completions === old.completions || completions === undefined || completions === parallelism) return [];
  return [invalidValue('spec.completions', completions, 'can only be modified in tandem with spec.parallelism')];
}

const fixed = ['completionMode', 'podFailurePolicy', 'backoffLimitPerIndex', 'managedBy', 'successPolicy'] as const;

/** After ValidateJobSpecUpdate. */
export function validateJobUpdate({ spec }: Job, { spec: old, status }: Job): FieldError[] {
  if (!spec || !old) return [];
  const mayMove = old.suspend === true && !status?.startTime;
  return [
    ...validateCompletionsUpdate(spec, old),
    ...immutableSelector(spec.selector, old.selector, 'spec.selector'),
    ...validateTemplateUpdate(spec.template, old.template, mayMove, 'spec.template'),
    ...fixed.flatMap((field) => immutable(`spec.${field}`, spec[field], old[field])),
  ];
}

export const validateJobStatus = ({ status }: Job): FieldError[] =>
  validateCounts({ ...status }, { counts: ['active', 'succeeded', 'failed', 'ready', 'terminating'], ordered: [] });
