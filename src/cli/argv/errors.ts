/** A command line that cannot be read. The message is complete, in kubectl's words; exit code 1. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
