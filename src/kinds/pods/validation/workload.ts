import type { FieldError } from '../../../api/errors';
import type { PodTemplateSpec } from '../../../api/generated/core.v1';
import type { LabelSelector } from '../../../api/meta';
import { labelSelectorMatcher } from '../../../api/selectors';
import {
  fieldIsImmutable, forbiddenField, invalidValue, notSupported, required, semanticEqual, showLabelSelector, validateLabelSelector, type Path,
} from '../../../api/validation';
import { shownMap } from '../../validating';
import { validatePodTemplate } from './index';

/** The selector of a workload: there, well-formed, and not one that selects everything. `of` is what the sentence calls the kind. */
export function validateWorkloadSelector(selector: LabelSelector | undefined, path: Path, of = 'deployment'): FieldError[] {
  if (!selector) return [required(path)];
  const empty = Object.keys(selector.matchLabels ?? {}).length + (selector.matchExpressions?.length ?? 0) === 0;
  return [
    ...validateLabelSelector(selector, path),
    ...(empty ? [invalidValue(path, showLabelSelector(selector), `empty selector is invalid for ${of}`)] : []),
  ];
}

export function immutableSelector(selector: LabelSelector | undefined, old: LabelSelector | undefined, path: Path): FieldError[] {
  return semanticEqual(selector, old) ? [] : [invalidValue(path, selector && showLabelSelector(selector), fieldIsImmutable)];
}

function matches(selector: LabelSelector, labels: Record<string, string> | undefined): boolean {
  return labelSelectorMatcher(selector)(labels);
}

/** The template's pods must be those that the selector finds, or the controller would make them for ever. */
export function validateSelected(template: PodTemplateSpec, selector: LabelSelector | undefined, path: Path): FieldError[] {
  const malformed = validateLabelSelector(selector, path).length > 0;
  if (!selector || malformed || matches(selector, template.metadata?.labels)) return [];
  return [invalidValue(`${path}.metadata.labels`, shownMap(template.metadata?.labels), '`selector` does not match template `labels`')];
}

/** Pods that are kept running neither end by themselves nor have a deadline. */
export function validateRestarting({ spec }: PodTemplateSpec, path: Path, of: string): FieldError[] {
  const { restartPolicy, activeDeadlineSeconds } = spec ?? {};
  return [
    ...(restartPolicy === 'Always' ? [] : [notSupported(`${path}.spec.restartPolicy`, restartPolicy ?? '', ['Always'])]),
    ...(activeDeadlineSeconds === undefined ? []
      : [forbiddenField(`${path}.spec.activeDeadlineSeconds`, `activeDeadlineSeconds in ${of} is not Supported`)]),
  ];
}

/** A template whose pods run for ever. After ValidatePodTemplateSpecForReplicaSet. */
export function validateRestartingTemplate(template: PodTemplateSpec, selector: LabelSelector | undefined, path: Path, of = 'ReplicaSet'): FieldError[] {
  return [
    ...validateSelected(template, selector, path),
    ...validatePodTemplate(template, path),
    ...validateRestarting(template, path, of),
  ];
}
