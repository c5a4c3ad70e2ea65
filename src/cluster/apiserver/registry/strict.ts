import type { ApiError } from '../../../api/errors';
import type { WriteContext } from './context';

/**
 * What strict decoding found: an error, warnings, or nothing, as fieldValidation says.
 * Wording: NewStrictDecodingError and addStrictDecodingWarnings.
 */
export function reportProblems(problems: readonly string[], context: WriteContext, refuse: (text: string) => ApiError): void {
  if (!problems.length || !context.fieldValidation || context.fieldValidation === 'Ignore') return;
  if (context.fieldValidation === 'Strict') throw refuse(`strict decoding error: ${problems.join(', ')}`);
  for (const problem of problems) context.warn(problem);
}
