import type { FieldError } from '../errors';
import type { Condition } from '../generated/meta.v1';
import { duplicate, invalidEach, invalidValue, notSupported, required, tooLong } from './errors';
import { validateLabelName } from './labels';
import { isConditionReason } from './names';
import type { Path } from './path';

const reasonBytesMax = 1024;
const messageBytesMax = 32 * 1024;
const statuses = ['False', 'True', 'Unknown'];

/** Of metav1.Condition, one of a type. Source: ValidateConditions in k8s.io/apimachinery/pkg/apis/meta/v1/validation. */
export function validateMetaConditions(conditions: readonly Condition[] | undefined, path: Path): FieldError[] {
  const types = (conditions ?? []).map(({ type }) => type);
  return (conditions ?? []).flatMap((condition, i) => [
    ...(types.indexOf(condition.type) < i ? [duplicate(`${path}[${i}].type`, condition.type)] : []),
    ...validateCondition(condition, `${path}[${i}]`),
  ]);
}

function validateCondition({ type, status, observedGeneration = 0, lastTransitionTime, reason, message = '' }: Condition, path: Path): FieldError[] {
  return [
    ...validateLabelName(type, `${path}.type`),
    ...(statuses.includes(status) ? [] : [notSupported(`${path}.status`, status, statuses)]),
    ...(observedGeneration < 0 ? [invalidValue(`${path}.observedGeneration`, observedGeneration, 'must be greater than or equal to zero')] : []),
    ...(lastTransitionTime ? [] : [required(`${path}.lastTransitionTime`, 'must be set')]),
    ...validateReason(reason, `${path}.reason`),
    ...(Buffer.byteLength(message) > messageBytesMax ? [tooLong(`${path}.message`, messageBytesMax)] : []),
  ];
}

const validateReason = (reason: string, path: Path): FieldError[] => (reason
  ? [...invalidEach(path, reason, isConditionReason(reason)), ...(reason.length > reasonBytesMax ? [tooLong(path, reasonBytesMax)] : [])]
  : [required(path, 'must be set')]);
