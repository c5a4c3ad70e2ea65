import type { FieldError } from '../../../api/errors';
import type { Job, JobSpec } from '../../../api/generated/batch.v1';
import { labelSelectorMatcher } from '../../../api/selectors';
import { invalidValue, required, semanticEqual, showLabelSelector, validateLabelSelector } from '../../../api/validation';
import { shownMap } from '../../validating';

/** Labels of a job's pods: those of the uid and those of the name, each under its old name too. */
const uidLabels = ['controller-uid', 'batch.kubernetes.io/controller-uid'];
const nameLabels = ['job-name', 'batch.kubernetes.io/job-name'];
const selectedLabel = 'batch.kubernetes.io/controller-uid';

function generatedLabels({ metadata: { name, uid = '' } }: Job): Record<string, string> {
  return Object.fromEntries([...nameLabels.map((label) => [label, name]), ...uidLabels.map((label) => [label, uid])]);
}

const isManual = ({ manualSelector }: JobSpec) => manualSelector === true;

/**
 * Gives the pods of a job labels of its own and the job a selector of them. What a client has set stays: validation will
 * refuse it. A job without labels has those of its pods. After generateSelector of pkg/registry/batch/job.
 */
export function generateSelector(job: Job): void {
  const { spec, metadata } = job;
  if (!spec || isManual(spec)) return;
  const template = spec.template ??= {};
  const before = template.metadata?.labels;
  const labels = { ...generatedLabels(job), ...before };
  template.metadata = { ...template.metadata, labels };
  if (semanticEqual(metadata.labels, before)) metadata.labels = { ...labels };
  spec.selector = { ...spec.selector, matchLabels: { [selectedLabel]: metadata.uid ?? '', ...spec.selector?.matchLabels } };
}

/** After validateGeneratedSelector. */
export function validateGeneratedSelector(job: Job): FieldError[] {
  const { spec, metadata } = job;
  if (!spec?.selector || isManual(spec)) return [];
  const expected = generatedLabels(job);
  const path = 'spec.template.metadata.labels';
  const labels = spec.template?.metadata?.labels ?? {};
  return [
    ...(metadata.uid ? [] : [required('metadata.uid')]),
    ...Object.entries(expected).flatMap(([label, value]) => {
      const at = `${path}[${label}]`;
      if (labels[label] === undefined) return [required(at, `must be '${value}'`)];
      return labels[label] === value ? [] : [invalidValue(at, shownMap(labels), `must be '${value}'`)];
    }),
    // One that is no selector is complained of elsewhere.
    ...(validateLabelSelector(spec.selector, '').length || labelSelectorMatcher(spec.selector)(expected) ? []
      : [invalidValue('spec.selector', showLabelSelector(spec.selector), '`selector` not auto-generated')]),
  ];
}
