import type { FieldError } from '../../api/errors';
import { required } from '../../api/validation';
import { duplicates, each } from '../validating';

/** One of each type. After ValidateFlowSchemaStatus and ValidatePriorityLevelConfigurationStatus. */
export const validateConditions = (conditions: readonly { type?: string }[] = []): FieldError[] => [
  ...duplicates(conditions.map(({ type }) => type), (position) => `status.conditions[${position}].type`),
  ...each(conditions, 'status.conditions', ({ type }, path) => (type ? [] : [required(`${path}.type`, 'must not be empty')])),
];
