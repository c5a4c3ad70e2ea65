import type { FieldError } from '../../../api/errors';
import type { StatefulSet, StatefulSetSpec } from '../../../api/generated/apps.v1';
import type { PodTemplateSpec } from '../../../api/generated/core.v1';
import {
  forbiddenField, invalidValue, nameIsDNSLabel, nonNegativeField, notSupported, required, semanticEqual, ShownAs, validateObjectMeta, type Path,
} from '../../../api/validation';
import { quote } from '../../../api/go/quote';
import { amountOf, validateAtMost100Percent, validateIntOrPercent } from '../../int-or-percent';
import { validatePodTemplate } from '../../pods/validation';
import { validateRestarting, validateSelected, validateWorkloadSelector } from '../../pods/validation/workload';
import { validateCounts } from '../../pods/validation/counts';

const policies = ['OrderedReady', 'Parallel'];
const retentions = ['Delete', 'Retain'];

function validateManagementPolicy(policy: string | undefined, path: Path): FieldError[] {
  if (!policy) return [required(path)];
  return policies.includes(policy) ? [] : [invalidValue(path, policy, "must be 'OrderedReady' or 'Parallel'")];
}

type UpdateStrategy = NonNullable<StatefulSetSpec['updateStrategy']>;

function validateRollingUpdate({ partition, maxUnavailable }: NonNullable<UpdateStrategy['rollingUpdate']>, path: Path): FieldError[] {
  const at = `${path}.maxUnavailable`;
  return [
    ...nonNegativeField(`${path}.partition`, partition),
    ...(maxUnavailable === undefined ? [] : [
      ...validateIntOrPercent(maxUnavailable, at),
      ...(amountOf(maxUnavailable) === 0 ? [invalidValue(at, maxUnavailable, 'cannot be 0')] : []),
      ...validateAtMost100Percent(maxUnavailable, at),
    ]),
  ];
}

const shownStrategy = (type: string) =>
  new ShownAs(`apps.StatefulSetUpdateStrategy{Type:${quote(type)}, RollingUpdate:(*apps.RollingUpdateStatefulSetStrategy)(nil)}`);
const shownRolling = (partition: number) =>
  new ShownAs(`apps.RollingUpdateStatefulSetStrategy{Partition:${partition}, MaxUnavailable:(*intstr.IntOrString)(nil)}`);

function validateUpdateStrategy({ type, rollingUpdate }: UpdateStrategy, path: Path): FieldError[] {
  if (!type) return [required(path)];
  if (type === 'RollingUpdate') return rollingUpdate ? validateRollingUpdate(rollingUpdate, `${path}.rollingUpdate`) : [];
  if (type !== 'OnDelete') return [invalidValue(path, shownStrategy(type), "must be 'RollingUpdate' or 'OnDelete'")];
  return rollingUpdate ? [invalidValue(`${path}.rollingUpdate`, shownRolling(rollingUpdate.partition ?? 0), "only allowed for updateStrategy 'RollingUpdate'")] : [];
}

function validateRetention(spec: StatefulSetSpec, path: Path): FieldError[] {
  const policy = spec.persistentVolumeClaimRetentionPolicy ?? {};
  return (['whenDeleted', 'whenScaled'] as const).flatMap((moment) =>
    retentions.includes(policy[moment] ?? '') ? [] : [notSupported(`${path}.${moment}`, policy[moment] ?? '', retentions)]);
}

/** The pods get a volume of each claim's name, in the place of one that the template has. */
function withClaims(template: PodTemplateSpec, { volumeClaimTemplates }: StatefulSetSpec): PodTemplateSpec {
  const claims = (volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name);
  const own = (template.spec?.volumes ?? []).filter(({ name }) => !claims.includes(name));
  const volumes = [...own, ...claims.map((name) => ({ name, persistentVolumeClaim: { claimName: name } }))];
  return { ...template, ...(template.spec && { spec: { ...template.spec, volumes } }) };
}

function validateSpec(spec: StatefulSetSpec, path: Path): FieldError[] {
  const template = spec.template ?? {};
  return [
    ...validateManagementPolicy(spec.podManagementPolicy, `${path}.podManagementPolicy`),
    ...validateUpdateStrategy(spec.updateStrategy ?? {}, `${path}.updateStrategy`),
    ...validateRetention(spec, `${path}.persistentVolumeClaimRetentionPolicy`),
    ...nonNegativeField(`${path}.replicas`, spec.replicas),
    ...nonNegativeField(`${path}.minReadySeconds`, spec.minReadySeconds),
    ...nonNegativeField(`${path}.ordinals.start`, spec.ordinals?.start),
    ...validateWorkloadSelector(spec.selector, `${path}.selector`, 'statefulset'),
    ...validateSelected(template, spec.selector, `${path}.template`),
    ...validatePodTemplate(withClaims(template, spec), `${path}.template`),
    ...validateRestarting(template, `${path}.template`, 'StatefulSet'),
  ];
}

/** After ValidateStatefulSet; pods of a template that no kubelet would take are refused here already. */
export const validateStatefulSet = ({ metadata, spec }: StatefulSet): FieldError[] =>
  [...validateObjectMeta(metadata, true, nameIsDNSLabel), ...validateSpec(spec, 'spec')];

const changeable = ['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds'] as const;
const changeableText = `${changeable.slice(0, -1).map((name) => `'${name}'`).join(', ')} and '${changeable.at(-1)}'`;

function fixedPart(spec: StatefulSetSpec): Partial<StatefulSetSpec> {
  const fixed: Partial<StatefulSetSpec> = { ...spec };
  for (const name of changeable) delete fixed[name];
  return fixed;
}

export function validateStatefulSetUpdate({ spec }: StatefulSet, { spec: old }: StatefulSet): FieldError[] {
  return semanticEqual(fixedPart(spec), fixedPart(old)) ? []
    : [forbiddenField('spec', `updates to statefulset spec for fields other than ${changeableText} are forbidden`)];
}

export const validateStatefulSetStatus = ({ status }: StatefulSet): FieldError[] => validateCounts({ ...status }, {
  counts: ['replicas', 'readyReplicas', 'currentReplicas', 'updatedReplicas', 'availableReplicas', 'observedGeneration', 'collisionCount'],
  ordered: [
    ['readyReplicas', 'replicas'], ['currentReplicas', 'replicas'], ['updatedReplicas', 'replicas'], ['availableReplicas', 'replicas'],
    ['availableReplicas', 'readyReplicas'],
  ],
});
