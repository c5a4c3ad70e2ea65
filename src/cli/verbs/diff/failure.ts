import { ExitError, outcomeOf } from '../../errors';

/**
 * Exit code 1 says that there are differences, so that every error ends with a higher one, wrong flags included; those
 * point to the help as wrong arguments do. An end without words is the diff program's own.
 */
export function diffFailure(error: unknown): unknown {
  const { text, exitCode } = outcomeOf(error);
  if (!text) return error;
  return new ExitError(exitCode + 1, text.replace("See 'kubectl diff --help' for usage.", "See 'kubectl diff -h' for help and examples"));
}
