import { ApiError, internalError, isApiError } from '../../../api/errors';
import type { Status } from '../../../api/meta';
import { isStoreError } from '../../store';
import type { Reply } from './exchange';

/** Any failure as the Status that travels. What is not an ApiError is told in one sentence and logged whole. */
export function asApiError(error: unknown, log: (line: string) => void): ApiError {
  if (isApiError(error)) return error;
  if (isStoreError(error, 'Closed')) return new ApiError('ServiceUnavailable', 'the server is shutting down');
  log(`apiserver: ${error instanceof Error ? error.stack ?? error.message : String(error)}`);
  return internalError(error instanceof Error ? error.message : String(error));
}

/** The unknown reason is empty on the wire. */
export function statusObject({ status }: ApiError): Partial<Status> {
  const { reason, ...rest } = status;
  return reason === 'Unknown' ? rest : { ...rest, reason };
}

export function errorReply(error: ApiError): Reply {
  const { kind, apiVersion, metadata, status, message, details, code } = error.status;
  const reason = error.reason === 'Unknown' ? undefined : error.reason;
  const seconds = details?.retryAfterSeconds;
  return {
    code,
    contentType: 'application/json',
    body: Buffer.from(`${JSON.stringify({ kind, apiVersion, metadata, status, message, reason, details, code })}\n`),
    ...(seconds && { headers: { 'retry-after': String(seconds) } }),
  };
}
