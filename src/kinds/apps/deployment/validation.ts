import type { FieldError } from '../../../api/errors';
import type { Deployment, DeploymentSpec } from '../../../api/generated/apps.v1';
import {
  forbiddenField, invalidValue, nameIsDNSSubdomain, nonNegativeField, notSupported, required, validateObjectMeta, type Path,
} from '../../../api/validation';
import { amountOf, validateAtMost100Percent, validateIntOrPercent, type IntOrPercent } from '../../int-or-percent';
import { immutableSelector, validateRestartingTemplate, validateWorkloadSelector } from '../../pods/validation/workload';

function validateRollingUpdate(maxUnavailable: IntOrPercent, maxSurge: IntOrPercent, path: Path): FieldError[] {
  const at = `${path}.maxUnavailable`;
  return [
    ...validateIntOrPercent(maxUnavailable, at),
    ...validateIntOrPercent(maxSurge, `${path}.maxSurge`),
    ...(amountOf(maxUnavailable) === 0 && amountOf(maxSurge) === 0 ? [invalidValue(at, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...validateAtMost100Percent(maxUnavailable, at),
  ];
}

function validateStrategy(strategy: DeploymentSpec['strategy'], path: Path): FieldError[] {
  const { type, rollingUpdate } = strategy ?? {};
  if (type === 'Recreate') {
    return rollingUpdate ? [forbiddenField(`${path}.rollingUpdate`, "may not be specified when strategy `type` is 'Recreate'")] : [];
  }
  if (type !== 'RollingUpdate') return [notSupported(`${path}.type`, type ?? '', ['Recreate', 'RollingUpdate'])];
  if (!rollingUpdate) return [required(`${path}.rollingUpdate`, 'this should be defaulted and never be nil')];
  return validateRollingUpdate(rollingUpdate.maxUnavailable ?? 0, rollingUpdate.maxSurge ?? 0, `${path}.rollingUpdate`);
}

function validateDeadline({ progressDeadlineSeconds: seconds, minReadySeconds = 0 }: DeploymentSpec): FieldError[] {
  if (seconds === undefined) return [];
  return [
    ...nonNegativeField('spec.progressDeadlineSeconds', seconds),
    ...(seconds <= minReadySeconds ? [invalidValue('spec.progressDeadlineSeconds', seconds, 'must be greater than minReadySeconds')] : []),
  ];
}

/** After ValidateDeployment. */
export function validateDeployment({ metadata, spec }: Deployment): FieldError[] {
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...nonNegativeField('spec.replicas', spec.replicas),
    ...validateWorkloadSelector(spec.selector, 'spec.selector'),
    ...validateRestartingTemplate(spec.template ?? {}, spec.selector, 'spec.template'),
    ...validateStrategy(spec.strategy, 'spec.strategy'),
    ...nonNegativeField('spec.minReadySeconds', spec.minReadySeconds),
    ...nonNegativeField('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
    ...validateDeadline(spec),
  ];
}

export const validateDeploymentUpdate = (deployment: Deployment, old: Deployment) =>
  immutableSelector(deployment.spec.selector, old.spec.selector, 'spec.selector');
