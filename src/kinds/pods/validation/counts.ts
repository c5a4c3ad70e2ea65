import type { FieldError } from '../../../api/errors';
import { invalidValue, nonNegativeField } from '../../../api/validation';

interface CountRules {
  /** Fields that may not be negative. */
  readonly counts: readonly string[];
  /** Pairs of which the first may not be greater than the second. */
  readonly ordered: readonly (readonly [less: string, more: string])[];
}

/** The counts in the status of a workload. */
export function validateCounts(status: Readonly<Record<string, unknown>>, { counts, ordered }: CountRules): FieldError[] {
  const count = (field: string) => Number(status[field] ?? 0);
  return [
    ...counts.flatMap((field) => nonNegativeField(`status.${field}`, count(field))),
    ...ordered.flatMap(([less, more]) => count(less) > count(more)
      ? [invalidValue(`status.${less}`, count(less), `cannot be greater than status.${more}`)] : []),
  ];
}
