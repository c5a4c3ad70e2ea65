import { badRequest, internalError, type ApiError } from '../../../../api/errors';
import { errorFromStatus } from '../../../../api/server-error';
import type { Status } from '../../../../api/meta';

/** A webhook that could not be asked, as opposed to one that refused: its failurePolicy decides. Source: ErrCallingWebhook. */
export class CallFailure extends Error {
  override readonly name = 'CallFailure';

  constructor(readonly webhook: string, why: string) {
    super(`failed calling webhook ${JSON.stringify(webhook)}: ${why}`);
  }
}

export const isCallFailure = (error: unknown): error is CallFailure => error instanceof Error && error.name === 'CallFailure';

/** What a client is told of a webhook that could not be asked and must be. */
export const failedClosed = ({ message }: CallFailure): ApiError => internalError(message);

/** What a webhook refused with. Source: webhookerrors.ToStatusErr. */
export function denial(webhook: string, result: Partial<Status> = {}): ApiError {
  const denied = `admission webhook ${JSON.stringify(webhook)} denied the request`;
  const why = result.message || result.reason;
  const code = (result.code ?? 0) < 400 ? 400 : result.code!;
  return errorFromStatus({
    ...result, status: !result.status || result.status === 'Success' ? 'Failure' : result.status,
    message: why ? `${denied}: ${why}` : `${denied} without explanation`, reason: result.reason || 'Unknown', code,
  });
}

export const noDryRun = (webhook: string): ApiError => badRequest(`admission webhook ${JSON.stringify(webhook)} does not support dry run`);
