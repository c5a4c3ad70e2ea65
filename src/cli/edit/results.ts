import { isApiError, isReason, qualifiedResource } from '../../api/errors';
import type { Info } from '../builder';
import type { EditReason } from './text';

/** What became of the objects of one edited file. */
export interface EditResults {
  /** The objects that the server found invalid: the file is opened again with these on top. */
  reasons: EditReason[];
  /** How many failed for another reason, and how many are not there any more. */
  retryable: number;
  missing: number;
}

export const noResults = (): EditResults => ({ reasons: [], retryable: 0, missing: 0 });

/** Notes what the server said about one object; gives the line for the user. After editResults.addError. */
export function noteFailure(results: EditResults, error: unknown, { resource, name }: Info): string {
  const subject = `${qualifiedResource(resource)} ${JSON.stringify(name)}`;
  if (isReason(error, 'Invalid') && isApiError(error)) {
    results.reasons.push({ head: `${subject} was not valid`, fields: (error.status.details?.causes ?? []).map(({ field, message }) => `${field}: ${message}`) });
    return `error: ${subject} is invalid`;
  }
  if (isReason(error, 'NotFound')) {
    results.missing++;
    return `error: ${subject} could not be found on the server`;
  }
  results.retryable++;
  return `error: ${subject} could not be patched: ${(error as Error).message}`;
}

/** A file that cannot be what it should: refused before the server sees it. */
export function noteInvalidFile(results: EditResults, error: unknown, { resource, name }: Info): string {
  const subject = `${qualifiedResource(resource)} ${JSON.stringify(name)}`;
  results.reasons.push({
    head: `${subject} was not valid`,
    fields: [`<nil>: Invalid value: "The edited file failed validation": ${(error as Error).message}`],
  });
  return `error: ${subject} is invalid`;
}
