import type { FieldError } from '../../../api/errors';
import type { HorizontalPodAutoscaler, HPAScalingPolicy, HPAScalingRules } from '../../../api/generated/autoscaling.v2';
import {
  invalidValue, nameIsDNSSubdomain, notSupported, required, validateObjectMeta, type Path,
} from '../../../api/validation';
import { validateCounts } from '../../pods/validation/counts';
import { each } from '../../validating';
import { validateMetric } from './metric-validation';
import { validateReference } from './reference';

const stabilizationMaxSeconds = 3600;
const periodMaxSeconds = 1800;
const selectPolicies = ['Disabled', 'Max', 'Min'];
const policyTypes = ['Percent', 'Pods'];

function validatePolicy({ type, value = 0, periodSeconds = 0 }: HPAScalingPolicy, path: Path): FieldError[] {
  return [
    ...(policyTypes.includes(type) ? [] : [notSupported(`${path}.type`, type ?? '', policyTypes)]),
    ...(value > 0 ? [] : [invalidValue(`${path}.value`, value, 'must be greater than zero')]),
    ...(periodSeconds > 0 ? [] : [invalidValue(`${path}.periodSeconds`, periodSeconds, 'must be greater than zero')]),
    ...(periodSeconds > periodMaxSeconds ? [invalidValue(`${path}.periodSeconds`, periodSeconds, `must be less than or equal to ${periodMaxSeconds}`)] : []),
  ];
}

function validateRules(rules: HPAScalingRules | undefined, path: Path): FieldError[] {
  if (!rules) return [];
  const { stabilizationWindowSeconds: seconds = 0, selectPolicy, policies } = rules;
  const at = `${path}.stabilizationWindowSeconds`;
  return [
    ...(seconds < 0 ? [invalidValue(at, seconds, 'must be greater than or equal to zero')] : []),
    ...(seconds > stabilizationMaxSeconds ? [invalidValue(at, seconds, `must be less than or equal to ${stabilizationMaxSeconds}`)] : []),
    ...(selectPolicy === undefined || selectPolicies.includes(selectPolicy) ? [] : [notSupported(`${path}.selectPolicy`, selectPolicy, selectPolicies)]),
    ...(policies?.length ? each(policies, `${path}.policies`, validatePolicy) : [required(`${path}.policies`, 'must specify at least one Policy')]),
  ];
}

/** After ValidateHorizontalPodAutoscaler. */
export function validateAutoscaler({ metadata, spec }: HorizontalPodAutoscaler): FieldError[] {
  const { minReplicas, maxReplicas = 0, scaleTargetRef, metrics, behavior } = spec ?? {};
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...(minReplicas !== undefined && minReplicas < 1 ? [invalidValue('spec.minReplicas', minReplicas, 'must be greater than or equal to 1')] : []),
    ...(maxReplicas < 1 ? [invalidValue('spec.maxReplicas', maxReplicas, 'must be greater than 0')] : []),
    ...(minReplicas !== undefined && maxReplicas < minReplicas
      ? [invalidValue('spec.maxReplicas', maxReplicas, 'must be greater than or equal to `minReplicas`')] : []),
    ...validateReference(scaleTargetRef ?? {}, 'spec.scaleTargetRef'),
    ...each(metrics ?? [], 'spec.metrics', validateMetric),
    ...validateRules(behavior?.scaleUp, 'spec.behavior.scaleUp'),
    ...validateRules(behavior?.scaleDown, 'spec.behavior.scaleDown'),
  ];
}

export const validateAutoscalerStatus = ({ status }: HorizontalPodAutoscaler): FieldError[] =>
  validateCounts({ ...status }, { counts: ['currentReplicas', 'desiredReplicas'], ordered: [] });
