import type { FieldError } from '../api/errors';
import { invalidEach, invalidValue, isPercent, nonNegativeField, type Path } from '../api/validation';

export type IntOrPercent = number | string;

export function validateIntOrPercent(value: IntOrPercent, path: Path): FieldError[] {
  return typeof value === 'number' ? nonNegativeField(path, value) : invalidEach(path, value, isPercent(value));
}

/** The number in front of the percent sign counts as well; 0 for what is neither. */
export const amountOf = (value: IntOrPercent) => typeof value === 'number' ? value : isPercent(value).length === 0 ? parseInt(value, 10) : 0;

export function validateAtMost100Percent(value: IntOrPercent, path: Path): FieldError[] {
  return typeof value === 'string' && amountOf(value) > 100 ? [invalidValue(path, value, 'must not be greater than 100%')] : [];
}
