import type { Status } from '../../api/meta';

/**
 * What the Status on the error channel says: the exit code of the command, 0 for success.
 * Throws the server's message when the command did not run. `NonZeroExitCode` carries the code in its details.
 */
export function exitCodeOf(text: string): number {
  const status = JSON.parse(text) as Status;
  if (status.status === 'Success') return 0;
  const code = status.details?.causes?.find(({ reason }) => reason === 'ExitCode')?.message;
  if (status.reason === 'NonZeroExitCode' && code !== undefined) return Number(code);
  throw new Error(status.message ?? 'the command did not run');
}
