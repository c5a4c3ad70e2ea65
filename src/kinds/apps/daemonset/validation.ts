import type { FieldError } from '../../../api/errors';
import type { DaemonSet, DaemonSetSpec } from '../../../api/generated/apps.v1';
import { quote } from '../../../api/go/quote';
import {
  invalidValue, nameIsDNSSubdomain, nonNegativeField, notSupported, required, ShownAs, validateObjectMeta, type Path,
} from '../../../api/validation';
import { amountOf, validateAtMost100Percent, validateIntOrPercent } from '../../int-or-percent';
import { validateCounts } from '../../pods/validation/counts';
import { immutableSelector, validateRestartingTemplate, validateWorkloadSelector } from '../../pods/validation/workload';

type UpdateStrategy = NonNullable<DaemonSetSpec['updateStrategy']>;

function validateRollingUpdate({ maxUnavailable = 0, maxSurge = 0 }: NonNullable<UpdateStrategy['rollingUpdate']>, path: Path): FieldError[] {
  const [unavailable, surge] = [amountOf(maxUnavailable) !== 0, amountOf(maxSurge) !== 0];
  return [
    ...validateIntOrPercent(maxUnavailable, `${path}.maxUnavailable`),
    ...validateIntOrPercent(maxSurge, `${path}.maxSurge`),
    ...validateAtMost100Percent(maxUnavailable, `${path}.maxUnavailable`),
    ...validateAtMost100Percent(maxSurge, `${path}.maxSurge`),
    ...(unavailable && surge ? [invalidValue(`${path}.maxSurge`, maxSurge, 'may not be set when maxUnavailable is non-zero')] : []),
    ...(unavailable || surge ? [] : [required(`${path}.maxUnavailable`, 'cannot be 0 when maxSurge is 0')]),
  ];
}

const shown = (type: string) => new ShownAs(`apps.DaemonSetUpdateStrategy{Type:${quote(type)}, RollingUpdate:(*apps.RollingUpdateDaemonSet)(nil)}`);

function validateUpdateStrategy({ type, rollingUpdate }: UpdateStrategy, path: Path): FieldError[] {
  if (type === 'OnDelete') return [];
  if (type !== 'RollingUpdate') return [notSupported(path, shown(type ?? ''), ['OnDelete', 'RollingUpdate'])];
  return rollingUpdate ? validateRollingUpdate(rollingUpdate, `${path}.rollingUpdate`) : [required(`${path}.rollingUpdate`)];
}

/** After ValidateDaemonSet. */
export function validateDaemonSet({ metadata, spec }: DaemonSet): FieldError[] {
  return [
    ...validateObjectMeta(metadata, true, nameIsDNSSubdomain),
    ...validateWorkloadSelector(spec.selector, 'spec.selector', 'daemonset'),
    ...validateRestartingTemplate(spec.template ?? {}, spec.selector, 'spec.template', 'DaemonSet'),
    ...nonNegativeField('spec.minReadySeconds', spec.minReadySeconds),
    ...validateUpdateStrategy(spec.updateStrategy ?? {}, 'spec.updateStrategy'),
    ...nonNegativeField('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
  ];
}

export const validateDaemonSetUpdate = (set: DaemonSet, old: DaemonSet): FieldError[] =>
  immutableSelector(set.spec.selector, old.spec.selector, 'spec.selector');

export const validateDaemonSetStatus = ({ status }: DaemonSet): FieldError[] => validateCounts({ ...status }, {
  counts: [
    'currentNumberScheduled', 'numberMisscheduled', 'desiredNumberScheduled', 'numberReady', 'observedGeneration', 'updatedNumberScheduled',
    'numberAvailable', 'numberUnavailable', 'collisionCount',
  ],
  ordered: [],
});
