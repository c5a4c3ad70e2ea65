import type { ApiError } from '../../../api/errors';
import type { Unstructured } from '../../../api/meta';
import { MetadataError } from '../../../api/structural';
import type { Kind } from '../../../kinds/kind';
import type { WriteContext } from './context';

/** Brings an object without a generated schema into the form of its kind, and says what it did not know. */
export function coerced({ coerce }: Pick<Kind, 'coerce'>, object: Unstructured, refuse: (text: string) => ApiError): string[] {
  try {
    return coerce?.(object).map((path) => `unknown field "${path}"`) ?? [];
  } catch (error) {
    throw error instanceof MetadataError ? refuse(error.message) : error;
  }
}

/**
 * What strict decoding found: an error, warnings, or nothing, as fieldValidation says.
 * Wording: NewStrictDecodingError and addStrictDecodingWarnings.
 */
export function reportProblems(problems: readonly string[], context: WriteContext, refuse: (text: string) => ApiError): void {
  reportStrictly(problems, context, (text) => refuse(`strict decoding error: ${text}`));
}

/** The same, in words of the caller's. Errors of go-yaml are one error, and a warning each. */
export function reportStrictly(problems: readonly string[], context: WriteContext, refuse: (text: string) => ApiError): void {
  if (!problems.length || !context.fieldValidation || context.fieldValidation === 'Ignore') return;
  if (context.fieldValidation === 'Strict') throw refuse(problems.join(', '));
  const lines = problems.flatMap((problem) => problem.replace('yaml: unmarshal errors:\n', '').split('\n'));
  for (const line of lines) context.warn(line.trim());
}
