import type { FieldError } from '../../../api/errors';
import type { PodTemplateSpec } from '../../../api/generated/core.v1';
import type { LabelSelector } from '../../../api/meta';
import { labelSelectorMatcher } from '../../../api/selectors';
import {
  fieldIsImmutable, forbiddenField, invalidValue, notSupported, required, semanticEqual, showLabelSelector, validateLabelSelector, type Path,
} from '../../../api/validation';
import { shownMap } from '../../validating';
import { validatePodTemplate } from './index';

/** The selector of a workload: there, well-formed, and not one that selects everything. */
export function validateWorkloadSelector(selector: LabelSelector | undefined, path: Path): FieldError[] {
  if (!selector) return [required(path)];
  const empty = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions?.length ?? 0) === 0;
  return [
    ...validateLabelSelector(selector, path),
    ...(empty ? [invalidValue(path, showLabelSelector(selector), 'empty selector is invalid for deployment')] : []),
  ];
}

export function immutableSelector(selector: LabelSelector | undefined, old: LabelSelector | undefined, path: Path): FieldError[] {
  return semanticEqual(selector, old) ? [] : [invalidValue(path, selector && showLabelSelector(selector), fieldIsImmutable)];
}

function matches(selector: LabelSelector, labels: Record<string, string> | undefined): boolean {
  return labelSelectorMatcher(selector)(labels);
}

/** The template's pods must be those that the selector finds, or the controller would make them for ever. */
function validateSelected(template: PodTemplateSpec, selector: LabelSelector | undefined, path: Path): FieldError[] {
  const malformed = validateLabelSelector(selector, path).length > 0;
  if (!selector || malformed || matches(selector, template.metadata?.labels)) return [];
  return [invalidValue(`${path}.metadata.labels`, shownMap(template.metadata?.labels), '`selector` does not match template `labels`')];
}

/** A template whose pods run for ever. After ValidatePodTemplateSpecForReplicaSet. */
export function validateRestartingTemplate(template: PodTemplateSpec, selector: LabelSelector | undefined, path: Path): FieldError[] {
  const { restartPolicy, activeDeadlineSeconds } = template.spec ?? {};
  return [
    ...validateSelected(template, selector, path),
    ...validatePodTemplate(template, path),
    ...(restartPolicy === 'Always' ? [] : [notSupported(`${path}.spec.restartPolicy`, restartPolicy ?? '', ['Always'])]),
    ...(activeDeadlineSeconds === undefined ? []
      : [forbiddenField(`${path}.spec.activeDeadlineSeconds`, 'activeDeadlineSeconds in ReplicaSet is not Supported')]),
  ];
}
