import { ApiError, badRequest, expired } from '../../../api/errors';
import type { Store } from '../../store';

/** The number behind a resourceVersion; 0 for '' and '0'. Throws BadRequest. */
export function parseResourceVersion(text: string | undefined): number {
  if (!text) return 0;
  if (!/^\d{1,16}$/.test(text)) throw badRequest(`resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`);
  return Number(text);
}

/** Upstream waits three seconds for the version to come before it says so; here all that is acknowledged is visible. */
export function tooLarge(requested: number, store: Store): ApiError {
  return new ApiError('Timeout', `Too large resource version: ${requested}, current: ${store.revision}`, {
    causes: [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }], retryAfterSeconds: 1,
  });
}

export const compactedRevision = () => expired('The resourceVersion for the provided list is too old.');
